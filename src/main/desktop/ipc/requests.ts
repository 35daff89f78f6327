/** What answers a request of the window: without Electron, so that the services also run where there is no window. */
import type { Verb } from '#shared/contract/channels';
import type { AppError } from '#shared/contract/errors';
import type { Args, ReplyValue } from '#shared/contract/requests';

/** An expected failure, shown to the person in their language. */
export class Refusal extends Error {
  readonly error: AppError;
  constructor(code: AppError['code'], params: AppError['params'] = {}) {
    super(code);
    this.error = { code, params };
  }
}

/** Who asked, beside what was asked. */
interface Sender {
  readonly windowId: number;
  /** What the window showed then: the part of its address after '#'. */
  readonly screen: string;
}
export type Handler<V extends Verb> = (
  args: Args<V>,
  sender: Sender,
) => ReplyValue<V> | Promise<ReplyValue<V>>;
export type Handlers = { readonly [V in Verb]: Handler<V> };
/** Some of them: a service's part. */
export type Requests<V extends Verb> = Pick<Handlers, V>;

/** Hands out what was given, or refuses with the error that came instead. */
export function granted<T extends object | null>(value: T | AppError): Exclude<T, AppError> {
  if (value !== null && 'code' in value && 'params' in value) throw new Refusal(value.code, value.params);
  return value as Exclude<T, AppError>;
}

/** `null`: there is no journal in this run. */
export function recorded<T>(rows: T | null): T {
  if (rows === null) throw new Refusal('noJournal');
  return rows;
}

/** Refuses where settings will not outlast this run (`problem` says why): to be asked when everybody knows of the change. */
export function kept(problem: string | null): null {
  if (problem !== null) throw new Refusal('settingsNotKept', { detail: problem });
  return null;
}
