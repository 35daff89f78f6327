/**
 * The only door from the window. The sender must be our own page, and the request must be a row of the table.
 * The arguments must fit the row's schema. Only a row about the shown data may name a capture.
 */
import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { requestChannel } from '#shared/contract/channels';
import type { AppError } from '#shared/contract/errors';
import { requests, type RequestName, type Result } from '#shared/contract/requests/index';
import { Refusal, type Handler, type Handlers } from './requests';

export interface GuardOptions {
  readonly isOwnPage: (url: string) => boolean;
  readonly isOwnWindow: (windowId: number) => boolean;
  /** A bug, not a refusal: it is logged, and the window gets `internal`. */
  readonly onBug: (name: RequestName, error: unknown) => void;
  /** An error that the person may see. */
  readonly onRefused: (name: string, error: AppError) => void;
}

/** Characters of a reason. */
const longestProblem = 300;

type Ipc = Pick<IpcMain, 'handle'>;

const isName = (name: unknown): name is RequestName =>
  typeof name === 'string' && Object.hasOwn(requests, name);
const isCapture = (capture: unknown): capture is number | null =>
  capture === null || (Number.isSafeInteger(capture) && Number(capture) > 0);

export function registerHandlers(ipc: Ipc, handlers: Handlers, options: GuardOptions): void {
  ipc.handle(
    requestChannel,
    async (event, name: unknown, args: unknown, capture: unknown = null): Promise<Result<unknown>> => {
      const refuse = (
        code: AppError['code'],
        params: AppError['params'] = {},
      ): { ok: false; error: AppError } => {
        const error = { code, params };
        options.onRefused(isName(name) ? name : '', error);
        return { ok: false, error };
      };
      const screen = ownScreen(event, options);
      if (screen === null) return refuse('foreignSender');
      const verb = typeof name === 'string' ? name.slice(0, 64) : typeof name;
      if (!isName(name)) return refuse('badArguments', { verb, problem: 'unknown request' });
      if (!isCapture(capture)) return refuse('badArguments', { verb, problem: 'capture' });
      const { scope, args: schema } = requests[name];
      if (capture !== null && scope === 'live') return refuse('inCapture');
      if (capture !== null && scope === 'app') return refuse('badArguments', { verb, problem: 'capture' });
      const parsed = schema.safeParse(args);
      if (!parsed.success) {
        const issue = parsed.error.issues[0];
        const problem = issue === undefined ? '' : `${issue.path.join('.')} ${issue.message}`.trim();
        // The name of an unknown member can have any length.
        return refuse('badArguments', { verb, problem: problem.slice(0, longestProblem) });
      }
      try {
        // The row's schema has checked the arguments of its handler.
        const handler = handlers[name] as Handler<RequestName>;
        const sender = { windowId: event.sender.id, screen, capture };
        return { ok: true, value: await handler(parsed.data, sender) };
      } catch (error) {
        if (error instanceof Refusal) return refuse(error.error.code, error.error.params);
        options.onBug(name, error);
        return refuse('internal', { detail: error instanceof Error ? error.message : String(error) });
      }
    },
  );
}

/** The screen of our page, in the top frame of one of our windows with nothing embedded in it; `null`: a foreign sender. */
function ownScreen(event: IpcMainInvokeEvent, options: GuardOptions): string | null {
  try {
    const frame = event.senderFrame;
    if (frame?.parent !== null || !options.isOwnPage(frame.url) || !options.isOwnWindow(event.sender.id))
      return null;
    return new URL(frame.url).hash.slice(1);
  } catch {
    // The frame was closed during the request: nobody receives the answer.
    return null;
  }
}
