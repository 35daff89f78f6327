import { ActionIcon, Group } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ariaKey } from './keys';
import { useHotkey } from './useHotkey';
import classes from './History.module.css';

/** Actions that leave an opened row of a history. */
export interface Opened {
  readonly onClose: () => void;
  readonly onStep: (by: 1 | -1) => void;
}

interface HistoryDetailProps extends Opened {
  readonly label: string;
  readonly title: ReactNode;
  /** Before the title. */
  readonly shape?: ReactNode;
  /** The row's subject has ended. */
  readonly isOver?: boolean;
  /** The buttons' labels. */
  readonly words: Readonly<Record<'previous' | 'next' | 'close', string>>;
  /** Attributes that identify the row. */
  readonly data?: Readonly<Record<`data-${string}`, string | number>>;
  readonly children: ReactNode;
}

/** An opened row of a history beside its list, with buttons to its neighbours and to close it. */
export function HistoryDetail(props: HistoryDetailProps) {
  const { label, title, shape, isOver = false, words, data, onClose, onStep, children } = props;
  useHotkey('close', onClose);
  useHotkey('next', () => onStep(1));
  useHotkey('previous', () => onStep(-1));
  return (
    <section className={classes['detail']} aria-label={label} {...data}>
      <header className={classes['detailHead']} data-over={isOver || undefined}>
        {shape}
        <h2>{title}</h2>
        <Group gap="xs" wrap="nowrap">
          <ActionIcon
            aria-label={words.previous}
            aria-keyshortcuts={ariaKey('previous')}
            onClick={() => onStep(-1)}
          >
            <IconChevronUp size={16} />
          </ActionIcon>
          <ActionIcon aria-label={words.next} aria-keyshortcuts={ariaKey('next')} onClick={() => onStep(1)}>
            <IconChevronDown size={16} />
          </ActionIcon>
          <ActionIcon aria-label={words.close} aria-keyshortcuts={ariaKey('close')} onClick={onClose}>
            <IconX size={16} />
          </ActionIcon>
        </Group>
      </header>
      {children}
    </section>
  );
}
