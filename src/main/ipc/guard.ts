/** The only door from the window: the sender must be our own page, the arguments must fit their schema. */
import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import { requestChannel, verbs, type Verb } from '#shared/contract/channels';
import type { AppError } from '#shared/contract/errors';
import { requests, type Args, type Reply, type ReplyValue } from '#shared/contract/requests';

/** An expected failure, shown to the person in their language. */
export class Refusal extends Error {
  readonly error: AppError;
  constructor(code: AppError['code'], params: AppError['params'] = {}) {
    super(code);
    this.error = { code, params };
  }
}

/** Who asked, beside what was asked. */
export interface Sender {
  readonly windowId: number;
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

export interface GuardOptions {
  readonly isOwnPage: (url: string) => boolean;
  readonly isOwnWindow: (windowId: number) => boolean;
  /** A bug, not a refusal: it is written down, the window gets `internal`. */
  readonly onBug: (verb: Verb, error: unknown) => void;
}

export function registerHandlers(handlers: Handlers, options: GuardOptions): void {
  for (const verb of verbs) registerOne(verb, handlers[verb], options);
}

function registerOne<V extends Verb>(verb: V, handler: Handler<V>, options: GuardOptions): void {
  ipcMain.handle(requestChannel(verb), async (event, args: unknown): Promise<Reply<V>> => {
    if (!isOwnSender(event, options)) return refuse('foreignSender');
    const parsed = requests[verb].safeParse(args);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const problem = issue === undefined ? '' : `${issue.path.join('.')} ${issue.message}`.trim();
      return refuse('badArguments', { verb, problem });
    }
    try {
      const value = await handler(parsed.data as Args<V>, { windowId: event.sender.id });
      return { ok: true, value };
    } catch (error) {
      if (error instanceof Refusal) return { ok: false, error: error.error };
      options.onBug(verb, error);
      return refuse('internal', { detail: error instanceof Error ? error.message : String(error) });
    }
  });
}

/** Our page in the top frame of one of our windows, and nothing embedded in it. */
function isOwnSender(event: IpcMainInvokeEvent, options: GuardOptions): boolean {
  const frame = event.senderFrame;
  return frame?.parent === null && options.isOwnPage(frame.url) && options.isOwnWindow(event.sender.id);
}

function refuse(code: AppError['code'], params: AppError['params'] = {}): { ok: false; error: AppError } {
  return { ok: false, error: { code, params } };
}
