/** Evidence that a machine restarts or reconnects. */
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

/** Time of the last message on the command's connection; `null`: unknown. */
function heardAt({ command: given, before }: Pick<About<unknown>, 'command' | 'before'>): number | null {
  const restart = before?.restart ?? null;
  return restart?.conn === given.conn ? (restart.heard?.at ?? null) : null;
}

/** Whether the machine was last heard soon after the command, and its program has started since. */
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
 * Whether the machine read the command: it may have restarted before. Other frames and the end of the old connection are not proof, because
 * a dead link may have held them back. linux was asked for an answer; android reports the command itself.
 */
const hasRead = ({ command: given }: About<unknown>): boolean =>
  hasStep(given, given.platform === 'android' ? 'accepted' : 'linkAlive');

/** Versions in a login. */
const versionsOf = ({ version, ioVersion, driverVersion }: BodyNamed<'login'>): readonly string[] =>
  [version, ioVersion, driverVersion].flatMap((reported) => reported?.trim() ?? []);

export const closes = whenClosed((reason) => step('connectionClosed', { reason }));

const isBack = (about: About<unknown>): boolean => about.conn !== about.command.conn;
const version = (login: BodyNamed<'login'>) => ({ version: versionsOf(login)[0] ?? '' });

/** Intermediate steps, not proof of anything else. */
export const restarts = [
  closes,
  when('login', (login, about: About<unknown>) =>
    hasBegun(login, about) ? step('loggedIn', version(login)) : notMine,
  ),
] as const;

/** The restart is the purpose of the command, and the machine is back. */
export function cameBack(
  login: BodyNamed<'login'>,
  about: About<unknown>,
): Verdict<'loggedIn' | 'cameBack' | 'startedSometime'> {
  if (!isBack(about)) return notMine;
  if (!hasBegun(login, about)) return step('cameBack');
  if (hasRead(about)) return confirmed('loggedIn', version(login));
  // Only a login count that starts again proves a restart.
  return about.command.platform === 'android' ? step('startedSometime', version(login)) : step('cameBack');
}
const back = when('login', cameBack);

/** android may send its notice of a restart afterwards [field]: it proves that the machine received the command. */
export const noticeOfStart = (given: GivenCommand): 'done' | 'accepted' =>
  hasStep(given, 'startedSometime') ? 'done' : 'accepted';

type Coming = Stage<unknown, 'connectionClosed' | 'loggedIn' | 'cameBack' | 'startedSometime'>;

/** The restart is the purpose of the command: the machine leaves, then returns. After a power cut it returns before the old connection ends. */
export const restarted = (ms: number): readonly [Coming, Coming] => [
  {
    within: ms,
    anyOf: [whenClosed((reason) => passed('connectionClosed', { reason })), back],
  },
  { within: ms, anyOf: [back] },
];
