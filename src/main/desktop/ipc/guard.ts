/** The only door from the window: the sender must be our own page, the arguments must fit their schema. */
import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { requestChannel, verbs, type Verb } from '#shared/contract/channels';
import type { AppError } from '#shared/contract/errors';
import { requests, type Args, type Reply } from '#shared/contract/requests';
import { Refusal, type Handler, type Handlers } from './requests';

export interface GuardOptions {
  readonly isOwnPage: (url: string) => boolean;
  readonly isOwnWindow: (windowId: number) => boolean;
  /** A bug, not a refusal: it is written down, the window gets `internal`. */
  readonly onBug: (verb: Verb, error: unknown) => void;
  /** A person may see it. */
  readonly onRefused: (verb: Verb, error: AppError) => void;
}

type Ipc = Pick<IpcMain, 'handle'>;

export function registerHandlers(ipc: Ipc, handlers: Handlers, options: GuardOptions): void {
  for (const verb of verbs) registerOne(ipc, verb, handlers[verb], options);
}

function registerOne<V extends Verb>(ipc: Ipc, verb: V, handler: Handler<V>, options: GuardOptions): void {
  ipc.handle(requestChannel(verb), async (event, args: unknown): Promise<Reply<V>> => {
    const refuse = (
      code: AppError['code'],
      params: AppError['params'] = {},
    ): { ok: false; error: AppError } => {
      const error = { code, params };
      options.onRefused(verb, error);
      return { ok: false, error };
    };
    const screen = ownScreen(event, options);
    if (screen === null) return refuse('foreignSender');
    const parsed = requests[verb].safeParse(args);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const problem = issue === undefined ? '' : `${issue.path.join('.')} ${issue.message}`.trim();
      return refuse('badArguments', { verb, problem });
    }
    try {
      const value = await handler(parsed.data as Args<V>, { windowId: event.sender.id, screen });
      return { ok: true, value };
    } catch (error) {
      if (error instanceof Refusal) return refuse(error.error.code, error.error.params);
      options.onBug(verb, error);
      return refuse('internal', { detail: error instanceof Error ? error.message : String(error) });
    }
  });
}

/** What our page shows, in the top frame of one of our windows with nothing embedded in it; `null`: it is somebody else. */
function ownScreen(event: IpcMainInvokeEvent, options: GuardOptions): string | null {
  try {
    const frame = event.senderFrame;
    if (frame?.parent !== null || !options.isOwnPage(frame.url) || !options.isOwnWindow(event.sender.id))
      return null;
    return new URL(frame.url).hash.slice(1);
  } catch {
    // The frame went away while it asked: nobody hears the answer.
    return null;
  }
}
