/** What a machine that restarts shows: its connection closes, then it logs in on another one. */
import { closeReasons, isCloseReason } from '../../model/closeReasons';
import {
  confirmed,
  notMine,
  step,
  when,
  whenClosed,
  type About,
  type BodyNamed,
  type Verdict,
} from './verdict';

export const closes = whenClosed((reason) => step('connectionClosed', { reason }));

/** Logging in again on the same connection is no restart, and neither is coming back after we hung up. */
function isBack({ command, conn }: Pick<About<unknown>, 'command' | 'conn'>): boolean {
  const reason = command.steps.findLast(({ what }) => what === 'connectionClosed')?.params['reason'];
  // Ends that were our doing say nothing about the machine.
  const isOurs = typeof reason === 'string' && isCloseReason(reason) && !closeReasons[reason].ofMachine;
  return conn !== command.conn && !isOurs;
}

/** Versions that a login names. */
export const versionsOf = ({ version, ioVersion, driverVersion }: BodyNamed<'login'>): readonly string[] =>
  [version, ioVersion, driverVersion].flatMap((said) => said?.trim() ?? []);

export function loggedIn(
  login: BodyNamed<'login'>,
  about: Pick<About<unknown>, 'command' | 'conn'>,
  said: (what: 'loggedIn', params: { readonly version: string }) => Verdict<'loggedIn'> = step,
): Verdict<'loggedIn'> {
  return isBack(about) ? said('loggedIn', { version: versionsOf(login)[0] ?? '' }) : notMine;
}

/** Seen on the way, and no proof of anything else. */
export const restarts = [
  closes,
  when('login', (login, about: About<unknown>) => loggedIn(login, about)),
] as const;
/** The restart is what was asked for. */
export const restarted = [
  closes,
  when('login', (login, about: About<unknown>) => loggedIn(login, about, confirmed)),
] as const;
