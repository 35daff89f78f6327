import {
  IconArrowRight,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleMinus,
  IconCirclePlus,
  IconCircleX,
  IconReplace,
} from '@tabler/icons-react';
import type { ReplayOutcome, ReplayRow } from '#shared/model/replay';
import classes from './Replay.module.css';

const shapes = {
  waiting: IconCircleDashed,
  same: IconCircleCheck,
  explained: IconReplace,
  differs: IconCircleX,
  missing: IconCircleMinus,
  extra: IconCirclePlus,
} as const satisfies Record<ReplayOutcome, unknown>;

interface OutcomeShapeProps {
  readonly kind?: ReplayRow['kind'];
  readonly outcome: ReplayOutcome;
}

/** The outcome of a frame as a shape; its text stands beside it. */
export function OutcomeShape({ kind = 'answer', outcome }: OutcomeShapeProps) {
  const Shape = kind === 'sent' ? IconArrowRight : shapes[outcome];
  return (
    <Shape
      className={classes['shape']}
      data-outcome={kind === 'sent' ? 'sent' : outcome}
      size={15}
      aria-hidden
    />
  );
}
