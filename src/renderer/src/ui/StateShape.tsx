import type { MachineStatus } from '#shared/model/machine';
import type { Shape } from '../text/shapes';
import type { T } from '../text/t';
import { useWords } from '../text/useWords';
import classes from './StateShape.module.css';

const dashed = (
  <circle cx="8" cy="8" r="4.4" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.3" />
);

const shapes: Readonly<Record<Shape, React.ReactNode>> = {
  online: <circle cx="8" cy="8" r="5" fill="currentColor" />,
  silence: (
    <>
      <circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M8 3a5 5 0 0 0 0 10z" fill="currentColor" />
    </>
  ),
  fault: <path d="M8 2 15 14H1z" fill="currentColor" />,
  error: <path d="M8 1 15 8 8 15 1 8z" fill="currentColor" />,
  warning: (
    <path d="M6.8 2h2.4l-.5 7.6H7.3zM8 11.2a1.4 1.4 0 1 1 0 2.8 1.4 1.4 0 0 1 0-2.8z" fill="currentColor" />
  ),
  info: (
    <>
      <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path d="M7.2 7h1.6v4.6H7.2zM8 4.1a1 1 0 1 1 0 2 1 1 0 0 1 0-2z" fill="currentColor" />
    </>
  ),
  doorOpen: (
    <>
      <rect x="2.8" y="2.8" width="10.4" height="10.4" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <rect x="3" y="3" width="5" height="10" fill="currentColor" />
    </>
  ),
  restarting: (
    <>
      <path d="M12.6 9.5A5 5 0 1 1 12 5" fill="none" stroke="currentColor" strokeWidth="1.8" />
      <path d="M13.6 1.8v4.6H9z" fill="currentColor" />
    </>
  ),
  unknown: dashed,
  pending: dashed,
  offline: <circle cx="8" cy="8" r="4.4" fill="none" stroke="currentColor" strokeWidth="1.6" />,
};

type StateShapeProps = {
  readonly size?: number;
  /** The state is the last known one: the machine is not connected. */
  readonly isLastKnown?: boolean;
  /** Nothing is wrong so far, but reports are still to come. */
  readonly isPending?: boolean;
} & (
  | { readonly status: MachineStatus; readonly decorative?: false }
  /** A text stands beside it, so screen readers skip the shape. */
  | { readonly status: Shape; readonly decorative: true }
);

const nameOf = (t: T, status: MachineStatus, isLastKnown: boolean): string => {
  const state = t(`state.${status}`);
  return isLastKnown ? t('stateLastKnown', { state }) : state;
};

/** The shape of a state, the same on all screens, with an accessible name. */
export function StateShape({ size = 14, isLastKnown = false, isPending = false, ...of }: StateShapeProps) {
  const { t } = useWords();
  const { status } = of;
  const name =
    of.decorative === true
      ? { 'aria-hidden': true }
      : { role: 'img', 'aria-label': nameOf(t, of.status, isLastKnown) };
  return (
    <svg
      {...name}
      className={classes['shape']}
      data-status={isPending ? 'pending' : status}
      data-last-known={isLastKnown || undefined}
      width={size}
      height={size}
      viewBox="0 0 16 16"
    >
      {shapes[isPending ? 'pending' : status]}
    </svg>
  );
}
