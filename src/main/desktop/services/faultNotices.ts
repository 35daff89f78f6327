/** Selects the faults for desktop notifications: each new fault once. Faults from before the start and returning ones are not new. */
import { errorKey } from '#shared/errors/codes';
import type { ErrorSeverity } from '#shared/model/ownErrors';
import type { ClearedBy, Fault } from '#shared/model/history';
import type { Settings } from '#shared/model/settings';

export interface NoticeMemory {
  /** Faults with a notification, or without one for good; oldest first. */
  readonly known: ReadonlySet<number>;
  /** The last end of a machine's code that the machine did not report itself. */
  readonly away: ReadonlyMap<string, number>;
}
export const noNotices: NoticeMemory = { known: new Set(), away: new Map() };

export interface NoticeContext {
  readonly now: number;
  /** The start of Crema: earlier faults count as known. */
  readonly since: number;
  readonly settings: Pick<Settings, 'notices' | 'quietHours'>;
  readonly severity: (fault: Fault) => ErrorSeverity;
  readonly isMuted: (fault: Fault) => boolean;
}

/** ms in which a code that returns after a reconnect or a restart is not a new fault. */
const comesBackWithin = 600_000;
/** The memory limit, needed because clients can invent machines and codes. */
const remembered = 5_000;

const ofNobody: ReadonlySet<ClearedBy> = new Set(['login', 'restart', 'forgotten', 'person']);

/** `changed`: the faults' current versions, in the order of their changes. Returns the faults to notify. */
export function noticesOf(
  memory: NoticeMemory,
  changed: readonly Fault[],
  context: NoticeContext,
): { readonly memory: NoticeMemory; readonly due: readonly Fault[] } {
  const known = new Set(memory.known);
  const away = new Map(memory.away);
  const due: Fault[] = [];
  for (const fault of changed) {
    const key = `${fault.vmcNo} ${errorKey(fault.code)}`;
    if (fault.clearedAt !== null) {
      // A fault that a person closed or a restart ended can be set again at once, without another notification.
      if (fault.clearedBy !== null && ofNobody.has(fault.clearedBy)) away.set(key, fault.clearedAt);
      else away.delete(key);
      known.add(fault.id);
      continue;
    }
    if (known.has(fault.id)) continue;
    known.add(fault.id);
    const gone = away.get(key);
    // A clock that was set back meanwhile makes the difference negative.
    const isBack = gone !== undefined && Math.abs(fault.setAt - gone) < comesBackWithin;
    if (fault.setAt >= context.since && !isBack && isWanted(fault, context)) due.push(fault);
  }
  return { memory: { known: new Set(newest(known)), away: new Map(newest(away)) }, due };
}

const newest = <T>(all: Iterable<T>): readonly T[] => [...all].slice(-remembered);

function isWanted(fault: Fault, { now, settings, severity, isMuted }: NoticeContext): boolean {
  const { notices, quietHours } = settings;
  const how = severity(fault);
  const isChosen = notices === 'all' ? how !== 'info' : notices === 'fatal' && how === 'fatal';
  return isChosen && !isMuted(fault) && !(quietHours !== null && isWithin(quietHours, now));
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Local time of this computer. 22:00 to 06:00 spans midnight; equal times mean the whole day. */
export function isWithin({ from, to }: NonNullable<Settings['quietHours']>, now: number): boolean {
  const date = new Date(now);
  const minute = date.getHours() * 60 + date.getMinutes();
  const [first, end] = [minutesOf(from), minutesOf(to)];
  return first < end ? minute >= first && minute < end : minute >= first || minute < end;
}
