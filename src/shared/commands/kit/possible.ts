/**
 * Reasons why a command cannot be given now. Unknown facts never block: an absent machine may have changed since, and only a measured
 * amount counts. Faults that the machine has not cleared do count.
 */
import { readAmount } from '../../materials';
import { lastReport, type MachineState, type Platform } from '../../model/machine';
import { effectOf } from '../../model/selling';
import type { UpgradePackage } from '../../model/upgrade';
import type { StepParams } from './given';
import type { ActiveFault } from '../../model/activeFault';
import type { VersionDoubt } from '../../model/knownVersions';

/** The facts that decide whether a command is possible. */
export interface MachineContext {
  /** `null`: unknown machine. */
  readonly machine: MachineState | null;
  /** Set by hand or read from the login; `null`: unknown. */
  readonly platform: Platform | null;
  readonly packages: readonly UpgradePackage[];
  /** ms */
  readonly now: number;
  /** Versions of the last login that may be outdated; none by default. */
  readonly doubts?: readonly VersionDoubt[];
  /** Reasons that a person has read and accepted; none by default. */
  readonly accepted?: readonly AcceptableReason[];
}

/**
 * Reasons that a technician beside the machine may set aside. The machine itself refuses impossible commands, and its sensors and counts may
 * be wrong. All other reasons would harm, for example a customer's open order.
 */
export const acceptableReasons = [
  'doorOpen',
  'cupInPlace',
  'inFault', // {error, code}
  'inFaultUnconfirmed', // {error, code}: not repeated since the machine reconnected
  'suppliesGone', // {material}
  'notVerified', // the machine has not proved its identity
] as const;
export type AcceptableReason = (typeof acceptableReasons)[number];
export const isAcceptable = (why: string): why is AcceptableReason =>
  acceptableReasons.some((reason) => reason === why);

/** Reasons shared by several commands, with texts in `commandHindrance`. A row's own reasons have theirs in `command.<name>.notNow`. */
export const sharedReasons = [
  'alreadyQueued',
  'alreadyRunning',
  'notOnPlatform', // {platform}: its program lacks the command
  ...acceptableReasons,
] as const;
export type SharedReason = (typeof sharedReasons)[number];

export interface Hindrance<Why extends string = string> {
  readonly why: Why;
  readonly params: StepParams;
  /** The last frame with the evidence, and its time. */
  readonly seen: { readonly entry: number; readonly at: number } | null;
}
type Reason<Why extends string> = (now: MachineContext) => Hindrance<Why> | null;

export const hindrance = <const Why extends string>(
  why: Why,
  params: StepParams = {},
  seen: Hindrance['seen'] = null,
): Hindrance<Why> => ({ why, params, seen });

/** The first reason that applies and was not accepted. */
export const unless =
  <Why extends string>(...reasons: readonly Reason<Why>[]): Reason<Why> =>
  (now) => {
    const { accepted = [] } = now;
    for (const reason of reasons) {
      const found = reason(now);
      if (found !== null && !accepted.some((why) => why === found.why)) return found;
    }
    return null;
  };

/** Applies only to a machine that is online. */
const whenPresent =
  <Why extends string>(
    reason: (machine: MachineState, platform: Platform | null) => Hindrance<Why> | null,
  ): Reason<Why> =>
  ({ machine, platform }) =>
    machine?.link.status === 'online' ? reason(machine, platform) : null;

/** linux reports only changes: it may never repeat the door state of an earlier connection. */
export const doorOpen = whenPresent(({ door }, platform) =>
  door?.value === 'open' && (platform === 'android' || door.unconfirmed !== true)
    ? hindrance('doorOpen', {}, lastReport(door))
    : null,
);

export const cupInPlace = whenPresent(({ cupBlocked }) =>
  cupBlocked === null ? null : hindrance('cupInPlace', {}, lastReport(cupBlocked)),
);

/** The whole machine is out of service. A reconnect alone ends no fault. */
export const inFault = whenPresent(({ errors }, platform) => {
  const of = (effect: ReturnType<typeof effectOf>): ActiveFault | undefined =>
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

/** The first of these materials that is empty. A negative amount shows that the count is wrong. */
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
