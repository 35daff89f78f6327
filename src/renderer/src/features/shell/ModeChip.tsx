import { ActionIcon, Popover, UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { LiveRegion } from '../../ui/LiveRegion';
import classes from './ModeChip.module.css';

interface ModeChipProps {
  readonly icon: ReactNode;
  readonly label: string;
  /** Announced when the mode begins and when it changes. */
  readonly spoken: string;
  /** Something about the mode needs attention. */
  readonly isTrouble?: boolean;
  readonly end: { readonly label: string; readonly busy: boolean; readonly run: () => void };
  /** The meaning of the mode, and its further actions. */
  readonly children: ReactNode;
}

/** An unusual mode in the top bar: a click explains it, the cross ends it. */
export function ModeChip({ icon, label, spoken, isTrouble = false, end, children }: ModeChipProps) {
  return (
    <div className={classes['chip']} data-trouble={isTrouble || undefined}>
      <Popover position="bottom-end" width={380} shadow="md" withArrow trapFocus returnFocus>
        <Popover.Target>
          <UnstyledButton className={classes['label']} title={spoken}>
            {icon}
            <span>{label}</span>
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown aria-label={label}>
          <div className={classes['more']} tabIndex={-1} data-autofocus>
            {children}
          </div>
        </Popover.Dropdown>
      </Popover>
      <ActionIcon
        className={classes['end'] ?? ''}
        aria-label={end.label}
        title={end.label}
        loading={end.busy}
        onClick={end.run}
      >
        <IconX size={14} aria-hidden />
      </ActionIcon>
      <LiveRegion>{spoken}</LiveRegion>
    </div>
  );
}
