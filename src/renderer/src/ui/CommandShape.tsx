import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleMinus,
  IconClock,
  IconHourglassLow,
  IconProgress,
} from '@tabler/icons-react';
import type { CommandState } from '#shared/model/command';
import classes from './Command.module.css';

const shapes = {
  queued: IconClock,
  sent: IconProgress,
  confirmed: IconCircleCheckFilled,
  failed: IconAlertTriangleFilled,
  expired: IconHourglassLow,
  unconfirmable: IconCircleDashed,
  cancelled: IconCircleMinus,
} as const satisfies Record<CommandState, unknown>;

/** The state of a command as a shape; its text stands beside it. */
export function CommandShape({ state, size = 15 }: { readonly state: CommandState; readonly size?: number }) {
  const Shape = shapes[state];
  return <Shape className={classes['shape']} data-state={state} size={size} aria-hidden />;
}
