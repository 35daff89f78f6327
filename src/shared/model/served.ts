/**
 * Whether a connection is served, or the reason why not. The server calls `serviceOf` before it answers a login; Connect and the machine list
 * call it for recorded connections.
 */
import { z } from 'zod';
import { numbersOfConnection } from '../limits';
import type { RelayedAs } from './relay';

const present = z.strictObject({
  /** `null`: the first machine with a number. */
  vmcNo: z.int().min(0).nullable(),
  /** Rejects others at login (ret 3). A person chose this after a warning about its effect on linux machines [field]. */
  tells: z.boolean(),
});
/** The direct link: one machine on a cable or hotspot is served, and all others are disconnected. */
export type DirectLink = z.infer<typeof present>;

/** Earlier versions stored only the number, and always rejected others at login. */
export const directLinkSchema = z.preprocess(
  (stored) => (typeof stored === 'number' ? { vmcNo: stored, tells: true } : stored),
  present.nullable(),
);

export const isTurnedAway = (
  link: DirectLink | null,
  vmcNo: number,
): link is DirectLink & { readonly vmcNo: number } =>
  link !== null && link.vmcNo !== null && link.vmcNo !== vmcNo;

/**
 * Why a connection is rejected. reserved: the direct link serves another machine. numbers: it used more machine numbers than a machine can have.
 * crowded: every place was taken. contested: a verified connection holds its number; it is answered, but changes no machine.
 */
export type Refused = 'reserved' | 'numbers' | 'crowded' | 'contested';

/**
 * cutOff: the relay's server is unreachable. noLogin: no login arrived. noNumber: its login has no valid machine number. unanswered: the
 * login has no answer yet. sign: Crema refused the login because of its sign. ret: the login was refused for another reason.
 */
export type NotServed = Refused | 'cutOff' | 'noLogin' | 'noNumber' | 'unanswered' | 'sign' | 'ret';

interface ServiceFacts {
  readonly refused: Refused | null;
  /** Relay state of the connection; `null`: Crema is its server. */
  readonly relay: RelayedAs | null;
  readonly loggedIn: boolean;
  /** The connection has a machine number. */
  readonly isNamed: boolean;
  /** The answer to its last login; `null`: none yet. */
  readonly ret: number | null;
}

export function serviceOf({ refused, relay, loggedIn, isNamed, ret }: ServiceFacts): 'served' | NotServed {
  if (refused !== null) return refused;
  if (relay === 'cutOff') return 'cutOff';
  if (!loggedIn) return 'noLogin';
  const isCrema = relay !== 'relayed';
  // Crema cannot answer without a number; a real server decides for itself.
  if (!isNamed && isCrema) return 'noNumber';
  if (ret === null) return 'unanswered';
  if (ret === 0) return 'served';
  return ret === 1 && isCrema ? 'sign' : 'ret';
}

/** Whether the server rejects a machine with this number. `numbers`: earlier numbers on the connection. */
export function refusalOf(
  vmcNo: number | null,
  numbers: readonly number[],
  link: DirectLink | null,
): 'reserved' | 'numbers' | null {
  if (vmcNo === null) return null;
  if (!numbers.includes(vmcNo) && numbers.length >= numbersOfConnection) return 'numbers';
  return isTurnedAway(link, vmcNo) ? 'reserved' : null;
}
