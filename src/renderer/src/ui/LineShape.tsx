import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleMinus,
  IconCircleX,
  IconClock,
  IconHelpCircle,
  IconProgress,
} from '@tabler/icons-react';
import type { LineState } from '#shared/model/run';
import classes from './LineShape.module.css';

const shapes = {
  waiting: IconClock,
  running: IconProgress,
  asking: IconHelpCircle,
  done: IconCircleCheckFilled,
  unproven: IconCircleDashed,
  failed: IconAlertTriangleFilled,
  stopped: IconCircleMinus,
  leftOut: IconCircleX,
} as const satisfies Record<LineState, unknown>;

/** The state of a machine in a run as a shape; its text stands beside it. */
export function LineShape({ state, size = 14 }: { readonly state: LineState; readonly size?: number }) {
  const Shape = shapes[state];
  return <Shape className={classes['mark'] ?? ''} data-state={state} size={size} aria-hidden />;
}
