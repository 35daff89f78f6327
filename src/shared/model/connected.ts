/** Whether a machine is connected. Every view and every count takes its answer from `connectionOf`. Times are ms since 1970. */
import { closeReasons, type CloseReason } from './closeReasons';
import type { Platform } from './machineConfig';

/**
 * silent: a connection is open, but nothing arrives. restarting: gone after a command of ours that restarts it. unknown: Crema or this
 * computer was away when the connection ended, and the machine has not logged in since.
 */
type ConnectionName = 'online' | 'silent' | 'restarting' | 'offline' | 'unknown';

interface Connection {
  readonly is: ConnectionName;
  /** Connected, last heard, gone. */
  readonly since: number;
}

interface ConnectionFacts {
  /** A connection is open. */
  readonly online: boolean;
  /** When the last connection began or ended. */
  readonly since: number;
  /** Why the last connection ended; `null`: one is open, or there was none. */
  readonly gone: CloseReason | null;
  readonly lastHeard: number | null;
  /** Since when it is away after a command of ours that restarts it; `null`: it is not. */
  readonly restarting: number | null;
}

/** [ours] ms without a byte: two missed heartbeats and a margin. linux sends one 30 s after the last frame that it handled [field3], android every 60 s at the latest [field]. */
const silenceAfter = 75_000;

/** [ours] ms: a machine that has not come back by then is not restarting but gone. */
const restartTime = 300_000;

export const isSilent = ({ lastHeard }: Pick<ConnectionFacts, 'lastHeard'>, now: number): boolean =>
  lastHeard !== null && now - lastHeard > silenceAfter;

export function connectionOf(facts: ConnectionFacts, now: number): Connection {
  const { online, since, gone, lastHeard, restarting } = facts;
  if (online)
    return isSilent(facts, now) ? { is: 'silent', since: lastHeard ?? since } : { is: 'online', since };
  if (restarting !== null && now - restarting < restartTime) return { is: 'restarting', since: restarting };
  return { is: gone !== null && closeReasons[gone].leaves === 'unknown' ? 'unknown' : 'offline', since };
}

/** [field3] ms after which a machine whose connection was closed here has noticed it: linux after 120 to 240 s, android after 120 s. */
const noticedWithin = 300_000;

/**
 * How a machine comes back whose working connection was closed on this side; `null`: that is not why it is away, or it has had the time.
 * 'unknown': its program is not known.
 */
export function comebackOf(
  { online, since, gone }: ConnectionFacts,
  platform: Platform | null,
  now: number,
): Platform | 'unknown' | null {
  if (online || gone === null || now - since >= noticedWithin) return null;
  return closeReasons[gone].leaves === 'nothing' ? null : (platform ?? 'unknown');
}
