/** What a machine shows that restarts, or that connects anew. */
import { goesWithin, hasRestarted } from '../../model/restarts';
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

type Restart = Pick<About<unknown>, 'command' | 'conn' | 'at' | 'sequence' | 'before'>;

/** Whether it was heard of for the last time soon after the command, and has begun anew since. */
function beganAnew(login: BodyNamed<'login'>, { command, conn, at, sequence, before }: Restart): boolean {
  const { sentAt, conn: sentOn } = command;
  if (before === null || sentAt === null || conn === sentOn) return false;
  if (before.lastHeard !== null && before.lastHeard - sentAt > goesWithin) return false;
  return hasRestarted(before, login.loginCount, { at, conn, sequence });
}

/** Versions that a login names. */
export const versionsOf = ({ version, ioVersion, driverVersion }: BodyNamed<'login'>): readonly string[] =>
  [version, ioVersion, driverVersion].flatMap((said) => said?.trim() ?? []);

export const closes = whenClosed((reason) => step('connectionClosed', { reason }));

/** A login on another connection than it was sent on; `then`: what a restart means for the command. */
const backAfter = (then: typeof step | typeof confirmed) =>
  when('login', (login, about: About<unknown>): Verdict<'loggedIn' | 'cameBack'> => {
    if (beganAnew(login, about)) return then('loggedIn', { version: versionsOf(login)[0] ?? '' });
    return about.conn === about.command.conn ? notMine : step('cameBack');
  });

/** Seen on the way, and no proof of anything else. */
export const restarts = [closes, backAfter(step)] as const;

/** The restart is what was asked for: it goes, then it is back. Without power it is back before its old connection ends. */
export const restarted = (
  ms: number,
): readonly Stage<unknown, 'connectionClosed' | 'loggedIn' | 'cameBack'>[] => [
  {
    within: ms,
    anyOf: [whenClosed((reason) => passed('connectionClosed', { reason })), backAfter(confirmed)],
  },
  { within: ms, anyOf: [backAfter(confirmed)] },
];
