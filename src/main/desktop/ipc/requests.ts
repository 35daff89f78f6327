/** Handlers of the window's requests, without Electron: the services also run without a window. */
import type { AppError } from '#shared/contract/errors';
import type { Args, ReplyValue, RequestName } from '#shared/contract/requests/index';

/** An expected failure, shown to the person in their language. */
export class Refusal extends Error {
  readonly error: AppError;
  constructor(code: AppError['code'], params: AppError['params'] = {}) {
    super(code);
    this.error = { code, params };
  }
}

/** The origin of a request. */
interface Sender {
  readonly windowId: number;
  /** The screen that the window showed: the part of its address after '#'. */
  readonly screen: string;
  /** The opened capture of the request; `null`: live data. */
  readonly capture: number | null;
}
export type Handler<N extends RequestName> = (
  args: Args<N>,
  sender: Sender,
) => ReplyValue<N> | Promise<ReplyValue<N>>;
export type Handlers = { readonly [N in RequestName]: Handler<N> };
/** The handlers of one service. */
export type Requests<N extends RequestName> = Pick<Handlers, N>;

/** Returns the value, or throws the error as a refusal. */
export function granted<T extends object | null>(value: T | AppError): Exclude<T, AppError> {
  if (value !== null && 'code' in value && 'params' in value) throw new Refusal(value.code, value.params);
  return value as Exclude<T, AppError>;
}

/** `null`: there is no journal in this run. */
export function recorded<T>(rows: T | null): T {
  if (rows === null) throw new Refusal('noJournal');
  return rows;
}

/** Refuses if settings will not outlast this run (`problem` is the reason). Call after everybody has the new settings. */
export function kept(problem: string | null): null {
  if (problem !== null) throw new Refusal('settingsNotKept', { detail: problem });
  return null;
}
