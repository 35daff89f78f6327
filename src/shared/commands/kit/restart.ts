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

/** When it was heard of last before it came back; `null`: never. */
function heardAt({ command: { conn: sentOn }, before }: Pick<Restart, 'command' | 'before'>): number | null {
  const { restart = null, lastHeard = null } = before ?? {};
  return (restart?.conn === sentOn ? restart.heard?.at : null) ?? lastHeard;
}

/** Whether it was heard of after the command, or ended the connection itself: its link was no dead one. */
export function wasThere(about: Pick<Restart, 'command' | 'before'>): boolean {
  const { sentAt, steps } = about.command;
  const closed = steps.find(({ what }) => what === 'connectionClosed');
  const reason = closed?.params['reason'];
  return (heardAt(about) ?? 0) > (sentAt ?? Infinity) || reason === 'machineClosed' || reason === 'reset';
}

/** Whether it was heard of for the last time soon after the command, and has begun anew since. */
function beganAnew(login: BodyNamed<'login'>, { command, conn, at, sequence, before }: Restart): boolean {
  const { sentAt, conn: sentOn } = command;
  if (before === null || sentAt === null || conn === sentOn) return false;
  const last = heardAt({ command, before });
  if (last !== null && last - sentAt > goesWithin) return false;
  return hasRestarted(before, login.loginCount, { at, conn, sequence });
}

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
    beganAnew(login, about) ? step('loggedIn', version(login)) : notMine,
  ),
] as const;

/** The restart is what was asked for, and it is back. */
export function cameBack(login: BodyNamed<'login'>, about: About<unknown>): Verdict<'loggedIn' | 'cameBack'> {
  if (beganAnew(login, about)) return confirmed('loggedIn', version(login));
  return isBack(about) ? step('cameBack') : notMine;
}
const back = when('login', cameBack);

/** The restart is what was asked for: it goes, then it is back. Without power it is back before its old connection ends. */
export const restarted = (
  ms: number,
): readonly Stage<unknown, 'connectionClosed' | 'loggedIn' | 'cameBack'>[] => [
  {
    within: ms,
    anyOf: [whenClosed((reason) => passed('connectionClosed', { reason })), back],
  },
  { within: ms, anyOf: [back] },
];
