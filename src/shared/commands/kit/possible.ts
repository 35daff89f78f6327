/**
 * Why a command can't be given now. What is not known hinders nothing: a machine that is away may have changed since, and only
 * an amount that is a measurement is one. What a machine in fault has not cleared is known.
 */
import { readAmount } from '../../materials';
import {
  lastSaid,
  type ActiveError,
  type MachineState,
  type Platform,
  type VersionDoubt,
} from '../../model/machine';
import { effectOf } from '../../model/selling';
import type { UpgradePackage } from '../../model/upgrade';
import type { StepParams } from './given';

/** What decides whether a command is possible. */
export interface MachineContext {
  /** `null`: nothing is known of it. */
  readonly machine: MachineState | null;
  /** Set by hand or read from the login; `null`: not known. */
  readonly platform: Platform | null;
  readonly packages: readonly UpgradePackage[];
  /** ms */
  readonly now: number;
  /** Versions at its last login that may no longer run. Left out: none. */
  readonly doubts?: readonly VersionDoubt[];
}

/** Reasons that more than one command can have; the words are in `commandHindrance`, a row's own in `command.<name>.notNow`. */
export const sharedReasons = [
  'alreadyRunning',
  'notOnPlatform', // {platform}: its program has no such command
  'doorOpen',
  'cupInPlace',
  'inFault', // {error, code}
  'inFaultUnconfirmed', // {error, code}: it has not said so again since it connected anew
  'suppliesGone', // {material}
  'notVerified', // it has not proved which machine it is
] as const;
export type SharedReason = (typeof sharedReasons)[number];

export interface Hindrance<Why extends string = string> {
  readonly why: Why;
  readonly params: StepParams;
  /** The frame that says so, the last one that does, and when it did. */
  readonly seen: { readonly entry: number; readonly at: number } | null;
}
type Reason<Why extends string> = (now: MachineContext) => Hindrance<Why> | null;

export const hindrance = <const Why extends string>(
  why: Why,
  params: StepParams = {},
  seen: Hindrance['seen'] = null,
): Hindrance<Why> => ({ why, params, seen });

/** The first of these that holds. */
export const unless =
  <Why extends string>(...reasons: readonly Reason<Why>[]): Reason<Why> =>
  (now) => {
    for (const reason of reasons) {
      const found = reason(now);
      if (found !== null) return found;
    }
    return null;
  };

/** Of a machine that is there now. */
const whenPresent =
  <Why extends string>(
    reason: (machine: MachineState, platform: Platform | null) => Hindrance<Why> | null,
  ): Reason<Why> =>
  ({ machine, platform }) =>
    machine?.link.status === 'online' ? reason(machine, platform) : null;

/** linux says only what changes: what its door was like on an earlier connection, it may never say again. */
export const doorOpen = whenPresent(({ door }, platform) =>
  door?.value === 'open' && (platform === 'android' || door.unconfirmed !== true)
    ? hindrance('doorOpen', {}, lastSaid(door))
    : null,
);

export const cupInPlace = whenPresent(({ cupBlocked }) =>
  cupBlocked === null ? null : hindrance('cupInPlace', {}, lastSaid(cupBlocked)),
);

/** The whole machine makes nothing. A mere reconnect ends no fault. */
export const inFault = whenPresent(({ errors }, platform) => {
  const of = (effect: ReturnType<typeof effectOf>): ActiveError | undefined =>
    errors.find((error) => error.ending === null && effectOf(error, platform) === effect);
  const sure = of('error');
  const fatal = sure ?? of('unconfirmed');
  return fatal === undefined
    ? null
    : hindrance(
        sure === undefined ? 'inFaultUnconfirmed' : 'inFault',
        { error: fatal.code, code: fatal.code },
        { entry: fatal.entry, at: fatal.last },
      );
});

/** The first of these materials of which nothing is left; an amount below none shows that the count is wrong. */
export const suppliesGone = (needed: (machine: MachineState) => readonly string[]) =>
  whenPresent((machine) => {
    const supplies = new Map(Object.entries(machine.supplies));
    for (const material of needed(machine)) {
      const left = supplies.get(material);
      const amount = left === undefined ? null : readAmount(left.value);
      if (left !== undefined && amount?.kind === 'amount' && amount.value === 0)
        return hindrance('suppliesGone', { material }, left);
    }
    return null;
  });
