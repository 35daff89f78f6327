import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCheck,
  IconCircleDashed,
  IconPointFilled,
  IconZoomCode,
} from '@tabler/icons-react';
import { useWords } from '../text/useWords';
import { Boundary } from './Boundary';
import classes from './StepList.module.css';
import type { ReactNode } from 'react';

interface StepListProps {
  readonly label: string;
  readonly steps: readonly Step[];
  readonly evidence: string;
  /** Why frames can't be shown; `null`: they can. */
  readonly noEvidence: string | null;
  readonly onEvidence: (entry: number) => void;
}
interface StepItemProps extends Pick<StepListProps, 'evidence' | 'noEvidence' | 'onEvidence'> {
  readonly step: Step;
  /** Show dates too. */
  readonly dated: boolean;
}

const icons = {
  done: <IconCheck size={13} aria-hidden />,
  failed: <IconAlertTriangle size={13} aria-hidden />,
  waiting: <IconCircleDashed size={13} aria-hidden />,
  note: <IconPointFilled size={13} aria-hidden />,
} as const;

/** Steps in order, each with its time and proof. */
export function StepList({ label, steps, ...ways }: StepListProps) {
  const words = useWords();
  // A time without a date would be read as today's.
  const dates = new Set(steps.flatMap(({ at }) => (at === null ? [] : [words.date(at)])));
  return (
    <ol className={classes['steps']} aria-label={label}>
      {steps.map((step) => (
        <Boundary key={step.key} as="item" where={`step ${step.key} of “${label}”`} of={step}>
          <StepItem step={step} dated={dates.size > 1} {...ways} />
        </Boundary>
      ))}
    </ol>
  );
}

function StepItem({ step, dated, evidence, noEvidence, onEvidence }: StepItemProps) {
  const words = useWords();
  const { mark, text, at, entry } = step;
  return (
    <li data-mark={mark}>
      {icons[mark]}
      <div className={classes['text']}>{text}</div>
      <span className={classes['time']} title={at === null ? undefined : words.dateTime(at)}>
        {at !== null && (dated ? words.dateTime(at) : words.clock(at).slice(0, 8))}
      </span>
      <span className={classes['proof']}>
        {entry !== null && (
          <Tooltip label={noEvidence ?? evidence}>
            <ActionIcon
              size="xs"
              aria-label={evidence}
              {...(noEvidence !== null && {
                'data-disabled': true,
                'aria-disabled': true,
                'aria-description': noEvidence,
              })}
              onClick={() => noEvidence === null && onEvidence(entry)}
            >
              <IconZoomCode size={13} />
            </ActionIcon>
          </Tooltip>
        )}
      </span>
    </li>
  );
}

export interface Step {
  readonly key: string;
  /** done: it happened. waiting: it is due. note: it is missing, and nothing waits for it. */
  readonly mark: 'done' | 'failed' | 'waiting' | 'note';
  readonly text: ReactNode;
  readonly at: number | null;
  /** The journal entry that proves it. */
  readonly entry: number | null;
}
