import { UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useId, type ReactNode } from 'react';
import { isFlag, useRemembered } from '../../../store/remembered';
import classes from './Facts.module.css';

interface FoldProps {
  readonly title: string;
  /** Its state is kept under this name. */
  readonly name: string;
  readonly children: ReactNode;
}

/** A part of the page that is closed at first, and stays as the person left it. */
export function Fold({ title, name, children }: FoldProps) {
  const [isOpen, setIsOpen] = useRemembered(`fold.${name}`, false, isFlag);
  const id = useId();
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <div className={classes['fold']}>
      <UnstyledButton
        className={classes['foldHead']}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        <Chevron size={14} aria-hidden /> {title}
      </UnstyledButton>
      <div id={id} hidden={!isOpen}>
        {isOpen && children}
      </div>
    </div>
  );
}
