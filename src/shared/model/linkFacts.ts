/** Derives the facts about a machine's link from its state. */
import { loopOf, type LinkFacts } from './linkTrouble';
import type { MachineRow, MachineState, Platform } from './machine';
import type { LoginFrom } from './knownVersions';

/** Time of the last message, and the start of the wait for the next heartbeat. */
export function heardOf(machine: MachineState): Pick<MachineRow, 'lastHeard' | 'lastBeat'> {
  return { lastHeard: machine.lastHeard, lastBeat: lastBeatOf(machine, machine.platform) };
}

/**
 * Start of the wait for the next heartbeat: the last heartbeat or the start of the connection.
 * linux sends one 30 s after the last frame that it handled [field3].
 */
export const lastBeatOf = (
  { heartbeat, link, lastSent }: Pick<MachineState, 'heartbeat' | 'link' | 'lastSent'>,
  platform: Platform | null,
): number => Math.max(heartbeat.last ?? 0, link.since, platform === 'android' ? 0 : (lastSent ?? 0));

/** The answer that refused the last login; `null`: it was accepted, or has no answer yet. */
export function refusalOfLogin({
  login,
  loginAnswer,
}: Pick<MachineState, 'login' | 'loginAnswer'>): MachineState['loginAnswer'] {
  const isOfLast = loginAnswer !== null && (login === null || login.at <= loginAnswer.at);
  return isOfLast && (loginAnswer.value.ret ?? 0) !== 0 ? loginAnswer : null;
}

/** Characters of a version or a model in a text. */
const shown = 24;

const describedBy = ({ address, version, model }: LoginFrom): string => {
  const reported = [version, model].flatMap((part) => part?.trim().slice(0, shown) || []);
  return reported.length === 0
    ? address
    : `${address} – ${reported.map((part, n) => (n === 0 && /^\d/.test(part) ? `V${part}` : part)).join(', ')}`;
};

/** The two machines with one number: their addresses, and of one address what each reported at its login. `null`: unknown. */
export function sharedBy({
  logins,
  findings,
}: Pick<MachineState, 'logins' | 'findings'>): NonNullable<LinkFacts['sharedBy']> | null {
  const [a, b] = logins;
  if (a !== undefined && b !== undefined)
    return a.address === b.address
      ? { a: describedBy(a), b: describedBy(b) }
      : { a: a.address, b: b.address };
  const { from, address } = findings['number.shared']?.params ?? {};
  return from === undefined || address === undefined ? null : { a: String(from), b: String(address) };
}

export function linkFacts(machine: MachineState): LinkFacts {
  const { link, login, sign, connected, findings } = machine;
  const halfFrames = [findings['link.halfFrame'], findings['junk.cut']].flatMap((found) => found?.last ?? []);
  // A login during a dispute about the number has a sign, but no login in the state.
  const isLoggedIn = sign !== null || (login !== null && login.at >= link.since);
  // A capture may begin during a connection.
  const isWhole = findings['capture.midStream'] === undefined;
  const shared = findings['number.shared']?.last ?? null;
  const both = shared === null ? null : sharedBy(machine);
  return {
    ...loopOf(connected),
    noLogin: link.status === 'online' && !isLoggedIn && isWhole ? link.since : null,
    refused: refusalOfLogin(machine)?.at ?? null,
    halfFrame: halfFrames.length === 0 ? null : Math.max(...halfFrames),
    shared,
    ...(both !== null && { sharedBy: both }),
  };
}
