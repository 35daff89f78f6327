/** The answering end of a thread or a process. */
import { parentPort, type MessagePort } from 'node:worker_threads';
import type { CallTable, Problem, ServerPort, ToCaller, ToServer, TransferList } from './messages';

/** A result with parts that are transferred instead of copied. */
export class Transferring<Result> {
  readonly result: Result;
  readonly transfer: TransferList;

  constructor(result: Result, transfer: TransferList) {
    this.result = result;
    this.transfer = transfer;
  }
}

/** Result type of a handler. Calls without a result accept any value. */
type Answer<Result> = Result extends undefined ? unknown : Result | Transferring<Result>;

/** Calls start in the order of arrival. */
export type CallHandlers<Calls extends CallTable<Calls>> = {
  readonly [Name in keyof Calls]: (
    args: Calls[Name]['args'],
  ) => Answer<Calls[Name]['result']> | Promise<Answer<Calls[Name]['result']>>;
};

export interface ServeOptions {
  /** The owner ends this thread. The port closes when this handler has returned and every call is answered. */
  readonly onEnd?: () => void | Promise<void>;
  /** Called before each result is sent. Events emitted here reach the caller before the result. */
  readonly beforeResult?: () => void;
  /** Data for the caller besides an error's message and code. */
  readonly problemData?: (error: unknown) => unknown;
}

type Emit<Events> = <Name extends keyof Events>(
  name: Name,
  value: Events[Name],
  transfer?: TransferList,
) => void;

export interface PortServer<Events> {
  readonly emit: Emit<Events>;
}

/** Sends events to the other end of this port. */
export const emitOn =
  <Events>(port: Pick<ServerPort, 'postMessage'>): Emit<Events> =>
  (name, value, transfer = []) =>
    port.postMessage({ kind: 'event', name, value }, transfer);

/** The port of this worker to its parent thread. */
export function ownPort(): MessagePort {
  if (parentPort === null) throw new Error('this is the entry of a worker thread');
  return parentPort;
}

interface ParentPort {
  on(event: 'message', listener: (message: { readonly data: ToServer }) => void): unknown;
  postMessage(message: unknown, transfer: readonly never[]): void;
}

/** The channel of this process to its parent: Electron's or Node's. */
export function ownChannel(): ServerPort {
  const close = (): void => undefined;
  const parent = (process as { readonly parentPort?: ParentPort }).parentPort;
  // Electron ends its processes itself when the app has ended.
  if (parent !== undefined)
    return {
      on: (_event, receive) => parent.on('message', ({ data }) => receive(data)),
      postMessage: (message) => parent.postMessage(message, []),
      close,
    };
  if (process.send === undefined) throw new Error('this is the entry of a process that another one starts');
  // Without a parent nobody needs this process. It may be inside SQLite, where a normal exit would end in an abort.
  process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  return {
    on: (event, receive) => process.on(event, (message) => receive(message as ToServer)),
    postMessage: (message) => void process.send?.(message),
    close,
  };
}

export function serve<Calls extends CallTable<Calls>, Events = Record<string, never>>(
  port: ServerPort,
  handlers: CallHandlers<Calls>,
  { onEnd, beforeResult, problemData = () => null }: ServeOptions = {},
): PortServer<Events> {
  const running = new Set<Promise<void>>();
  const send = (message: ToCaller, transfer: TransferList): void => port.postMessage(message, transfer);
  const refuse = (id: number, error: unknown): void =>
    send({ kind: 'problem', id, problem: problemOf(error, problemData(error)) }, []);
  const answer = (id: number, given: unknown): void => {
    const { result, transfer } =
      given instanceof Transferring ? (given as Transferring<unknown>) : { result: given, transfer: [] };
    beforeResult?.();
    try {
      send({ kind: 'result', id, result }, transfer);
    } catch (error) {
      // The result cannot be copied. This is a bug of ours, but the caller must not wait for it.
      refuse(id, error);
    }
  };
  const run = (name: PropertyKey, args: unknown): unknown => {
    const handler = handlers[name as keyof Calls];
    return handler(args);
  };

  const call = (id: number, name: PropertyKey, args: unknown): void => {
    let given: unknown;
    try {
      given = run(name, args);
    } catch (error) {
      return refuse(id, error);
    }
    if (!(given instanceof Promise)) return answer(id, given);
    const ended: Promise<void> = given
      .then(
        (result) => answer(id, result),
        (error: unknown) => refuse(id, error),
      )
      .finally(() => running.delete(ended));
    running.add(ended);
  };
  let ending: Promise<void> | null = null;
  const work = async (): Promise<void> => {
    await onEnd?.();
    await Promise.all(running);
  };
  const end = async (over: Int32Array | undefined): Promise<void> => {
    try {
      await (ending ??= work());
    } finally {
      if (over !== undefined) {
        Atomics.store(over, 0, 1);
        Atomics.notify(over, 0);
      }
    }
    send({ kind: 'ended' }, []);
    port.close();
  };

  port.on('message', (message: ToServer) => {
    switch (message.kind) {
      case 'call':
        return call(message.id, message.name, message.args);
      case 'notify':
        return void run(message.name, message.args);
      case 'end':
        return void end(message.over);
    }
  });
  return { emit: emitOn<Events>(port) };
}

function problemOf(error: unknown, data: unknown): Problem {
  if (!(error instanceof Error))
    return { name: 'Error', message: String(error), code: '', stack: undefined, data };
  const { name, message, stack } = error;
  return { name, message, code: 'code' in error ? String(error.code) : '', stack, data };
}
