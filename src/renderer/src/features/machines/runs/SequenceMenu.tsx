import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconListCheck } from '@tabler/icons-react';
import { askRun, useCrema } from '../../../store';
import { sequencesOf } from '../../../store/sequences';
import { isCapture } from '../../../store/source';
import { ownTextWords } from '../../../text/runWords';
import { useWords } from '../../../text/useWords';
import classes from './SequenceMenu.module.css';

interface SequenceMenuProps {
  readonly vmcNo: number;
  /** Not inside a bar above a list. */
  readonly alone?: boolean;
}

/** Starts a sequence on one machine. */
export function SequenceMenu({ vmcNo, alone = false }: SequenceMenuProps) {
  const words = useWords();
  const own = useCrema((s) => s.sequences.all);
  const inCapture = useCrema(isCapture);
  if (inCapture) return null;
  return (
    <div className={alone ? undefined : classes['tools']}>
      <Menu
        withInitialFocusPlaceholder={false}
        portalProps={{ target: 'main' }}
        position="bottom-start"
        shadow="md"
      >
        <Menu.Target>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconListCheck size={14} aria-hidden />}
            rightSection={<IconChevronDown size={12} aria-hidden />}
          >
            {words.t('work.menu')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah="60vh" style={{ overflowY: 'auto' }}>
          {sequencesOf(own).map(({ key, sequence }) => (
            <Menu.Item key={key} onClick={() => askRun({ machines: [vmcNo], sequence })}>
              {ownTextWords(words, sequence.name)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
