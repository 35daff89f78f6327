/** What a machine's link is judged by, out of its state. */
import { loopOf, type LinkFacts } from './linkTrouble';
import type { MachineRow, MachineState, Platform } from './machine';

/** When a machine was heard last, and since when its next heartbeat is awaited. */
export function heardOf(machine: MachineState): Pick<MachineRow, 'lastHeard' | 'lastBeat'> {
  return { lastHeard: machine.lastHeard, lastBeat: lastBeatOf(machine, machine.platform) };
}

/** Since when its next heartbeat is awaited: the last one, or the beginning of its connection. linux sends one 30 s after the last frame that it handled [field3]. */
export const lastBeatOf = (
  { heartbeat, link, lastSent }: Pick<MachineState, 'heartbeat' | 'link' | 'lastSent'>,
  platform: Platform | null,
): number => Math.max(heartbeat.last ?? 0, link.since, platform === 'android' ? 0 : (lastSent ?? 0));

/** The answer that refused its last login; `null`: it was accepted, or has no answer yet. */
export function refusalOfLogin({
  login,
  loginAnswer,
}: Pick<MachineState, 'login' | 'loginAnswer'>): MachineState['loginAnswer'] {
  const isOfLast = loginAnswer !== null && (login === null || login.at <= loginAnswer.at);
  return isOfLast && (loginAnswer.value.ret ?? 0) !== 0 ? loginAnswer : null;
}

export function linkFacts(machine: MachineState): LinkFacts {
  const { link, login, sign, connected, findings } = machine;
  const halfFrames = [findings['link.halfFrame'], findings['junk.cut']].flatMap((found) => found?.last ?? []);
  // One that logged in while another connection had its number has a sign, and no login in the state.
  const isLoggedIn = sign !== null || (login !== null && login.at >= link.since);
  // A capture may begin within a connection.
  const isWhole = findings['capture.midStream'] === undefined;
  return {
    ...loopOf(connected),
    noLogin: link.status === 'online' && !isLoggedIn && isWhole ? link.since : null,
    refused: refusalOfLogin(machine)?.at ?? null,
    halfFrame: halfFrames.length === 0 ? null : Math.max(...halfFrames),
    shared: findings['number.shared']?.last ?? null,
  };
}
