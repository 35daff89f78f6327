/** Whether a machine is connected. Every view and every count uses `connectionOf`. Times are ms since 1970. */
import { closeReasons, type CloseReason } from './closeReasons';
import type { Platform } from './machineSettings';

/**
 * silent: a connection is open, but nothing arrives. restarting: gone after a command of Crema that restarts the machine. unknown: Crema or
 * this computer was not running when the connection ended, and no login has followed.
 */
type ConnectionName = 'online' | 'silent' | 'restarting' | 'offline' | 'unknown';

interface Connection {
  readonly is: ConnectionName;
  /** Time of connection, of the last data, or of disconnection. */
  readonly since: number;
}

interface ConnectionFacts {
  /** A connection is open. */
  readonly online: boolean;
  /** Start or end of the last connection. */
  readonly since: number;
  /** Why the last connection ended; `null`: it is open, or no connection existed. */
  readonly gone: CloseReason | null;
  readonly lastHeard: number | null;
  /** Time of disconnection after a command of Crema that restarts the machine; `null`: not restarting. */
  readonly restarting: number | null;
}

/**
 * [ours] ms of silence: two missed heartbeats and a margin. linux sends one 30 s after the last frame that it handled [field3], android
 * after 60 s at the latest [field].
 */
const silenceAfter = 75_000;

/** [ours] ms. A machine that is not back by then is offline, not restarting. */
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

/** [field3] ms in which a machine notices that Crema closed its connection: linux 120 to 240 s, android 120 s. */
const noticedWithin = 300_000;

/**
 * How a machine returns after Crema closed its working connection; `null`: it is away for another reason, or its time is over.
 * 'unknown': unknown program.
 */
export function comebackOf(
  { online, since, gone }: ConnectionFacts,
  platform: Platform | null,
  now: number,
): Platform | 'unknown' | null {
  if (online || gone === null || now - since >= noticedWithin) return null;
  return closeReasons[gone].leaves === 'nothing' ? null : (platform ?? 'unknown');
}
