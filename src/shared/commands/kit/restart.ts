/** What a machine shows that restarts, or that connects anew. */
import { goesWithin, hasRestarted } from '../../model/restarts';
import { hasStep, type GivenCommand } from './given';
import {
  confirmed,
  notMine,
  passed,
  step,
  when,
  whenClosed,
  type About,
  type BodyNamed,
  type Stage,
  type Verdict,
} from './verdict';

/** When it was heard of last on the connection that the command was sent on; `null`: not known. */
function heardAt({ command: given, before }: Pick<About<unknown>, 'command' | 'before'>): number | null {
  const restart = before?.restart ?? null;
  return restart?.conn === given.conn ? (restart.heard?.at ?? null) : null;
}

/** Whether the machine was heard for the last time soon after the command, and its program has started since. */
function hasBegun(
  { loginCount }: BodyNamed<'login'>,
  { command: given, conn, at, sequence, before }: About<unknown>,
): boolean {
  const { sentAt, conn: sentOn } = given;
  if (before === null || sentAt === null || conn === sentOn) return false;
  const last = heardAt({ command: given, before }) ?? before.lastHeard;
  if (last !== null && last - sentAt > goesWithin) return false;
  return hasRestarted(before, loginCount, { at, conn, sequence }, sentAt);
}

/**
 * Whether the machine read the command: it may have restarted before. Other frames and the end of the old connection do not show it: a
 * dead link may have held them back. linux was asked for an answer; android reports the command itself.
 */
const hasRead = ({ command: given }: About<unknown>): boolean =>
  hasStep(given, given.platform === 'android' ? 'accepted' : 'linkAlive');

/** Versions that a login names. */
const versionsOf = ({ version, ioVersion, driverVersion }: BodyNamed<'login'>): readonly string[] =>
  [version, ioVersion, driverVersion].flatMap((said) => said?.trim() ?? []);

export const closes = whenClosed((reason) => step('connectionClosed', { reason }));

const isBack = (about: About<unknown>): boolean => about.conn !== about.command.conn;
const version = (login: BodyNamed<'login'>) => ({ version: versionsOf(login)[0] ?? '' });

/** Seen on the way, and no proof of anything else. */
export const restarts = [
  closes,
  when('login', (login, about: About<unknown>) =>
    hasBegun(login, about) ? step('loggedIn', version(login)) : notMine,
  ),
] as const;

/** The restart is what was asked for, and it is back. */
export function cameBack(
  login: BodyNamed<'login'>,
  about: About<unknown>,
): Verdict<'loggedIn' | 'cameBack' | 'startedSometime'> {
  if (!isBack(about)) return notMine;
  if (!hasBegun(login, about)) return step('cameBack');
  if (hasRead(about)) return confirmed('loggedIn', version(login));
  // Only a count of logins that begins anew shows a start for sure.
  return about.command.platform === 'android' ? step('startedSometime', version(login)) : step('cameBack');
}
const back = when('login', cameBack);

/** android may send its notice of a restart after it [field]: that it got the command was what was missing. */
export const noticeOfStart = (given: GivenCommand): 'done' | 'accepted' =>
  hasStep(given, 'startedSometime') ? 'done' : 'accepted';

type Coming = Stage<unknown, 'connectionClosed' | 'loggedIn' | 'cameBack' | 'startedSometime'>;

/** The restart is what was asked for: it goes, then it is back. Without power it is back before its old connection ends. */
export const restarted = (ms: number): readonly [Coming, Coming] => [
  {
    within: ms,
    anyOf: [whenClosed((reason) => passed('connectionClosed', { reason })), back],
  },
  { within: ms, anyOf: [back] },
];
