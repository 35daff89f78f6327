/** Of which faults the desktop tells: of each new one once. What was known before the start, and what only came back, is not new. */
import { errorKey } from '#shared/errors/codes';
import type { ErrorSeverity } from '#shared/errors/severity';
import type { ClearedBy, Fault } from '#shared/model/history';
import type { Settings } from '#shared/model/settings';

export interface NoticeMemory {
  /** Faults that were told of, or never are to be; oldest first. */
  readonly known: ReadonlySet<number>;
  /** When a machine's code ended last without the machine having said that it is over. */
  readonly away: ReadonlyMap<string, number>;
}
export const nothingTold: NoticeMemory = { known: new Set(), away: new Map() };

export interface Circumstances {
  readonly now: number;
  /** When Crema was started: what was set before is known. */
  readonly since: number;
  readonly settings: Pick<Settings, 'notices' | 'quietHours'>;
  readonly severity: (fault: Fault) => ErrorSeverity;
  readonly isMuted: (fault: Fault) => boolean;
}

/** ms in which a code that comes back after a reconnect or a restart is no new fault. */
const comesBackWithin = 600_000;
/** Of made-up machines and codes too. */
const remembered = 5_000;

const ofNobody: ReadonlySet<ClearedBy> = new Set(['login', 'restart', 'forgotten', 'person']);

/** `changed`: faults as they are now, in the order in which they came to it. Gives those to be told. */
export function noticesOf(
  memory: NoticeMemory,
  changed: readonly Fault[],
  circumstances: Circumstances,
): { readonly memory: NoticeMemory; readonly tell: readonly Fault[] } {
  const known = new Set(memory.known);
  const away = new Map(memory.away);
  const tell: Fault[] = [];
  for (const fault of changed) {
    const key = `${fault.vmcNo} ${errorKey(fault.code)}`;
    if (fault.clearedAt !== null) {
      // What a person closed or a restart ended may be set again at once, and was told already.
      if (fault.clearedBy !== null && ofNobody.has(fault.clearedBy)) away.set(key, fault.clearedAt);
      else away.delete(key);
      known.add(fault.id);
      continue;
    }
    if (known.has(fault.id)) continue;
    known.add(fault.id);
    const gone = away.get(key);
    const isBack = gone !== undefined && fault.setAt - gone < comesBackWithin;
    if (fault.setAt >= circumstances.since && !isBack && isToBeTold(fault, circumstances)) tell.push(fault);
  }
  return { memory: { known: new Set(newest(known)), away: new Map(newest(away)) }, tell };
}

const newest = <T>(all: Iterable<T>): readonly T[] => [...all].slice(-remembered);

function isToBeTold(fault: Fault, { now, settings, severity, isMuted }: Circumstances): boolean {
  const { notices, quietHours } = settings;
  const how = severity(fault);
  const isWanted = notices === 'all' ? how !== 'info' : notices === 'fatal' && how === 'fatal';
  return isWanted && !isMuted(fault) && !(quietHours !== null && isWithin(quietHours, now));
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** By this computer's clock; from 22:00 to 06:00 lies around midnight, and from a time to itself is the whole day. */
export function isWithin({ from, to }: NonNullable<Settings['quietHours']>, now: number): boolean {
  const date = new Date(now);
  const minute = date.getHours() * 60 + date.getMinutes();
  const [first, end] = [minutesOf(from), minutesOf(to)];
  return first < end ? minute >= first && minute < end : minute >= first || minute < end;
}
