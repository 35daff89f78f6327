/** Messages between threads or processes. Crema owns both ends, so the compiler checks the types. */
import type { MessagePort, Transferable, Worker } from 'node:worker_threads';
import type { ProcessPort } from './process';

/** A worker or a process as its owner holds it, or one end of a `MessageChannel`. */
export type Port = Worker | MessagePort | ProcessPort;

/**
 * The answering end: a worker's own `parentPort`, a process's channel to its owner, or one end of a `MessageChannel`.
 */
export interface ServerPort {
  on(event: 'message', listener: (message: ToServer) => void): unknown;
  postMessage(message: ToCaller, transfer: TransferList): void;
  close(): void;
}

/** Objects that are transferred instead of copied. */
export type TransferList = readonly Transferable[];

/** A table of calls: `interface Calls { open: { args: { file: string }; result: boolean } }`. */
export type CallTable<Calls> = {
  readonly [Name in keyof Calls]: { readonly args: unknown; readonly result: unknown };
};

/** An error as a plain object, because the members of an Error would be lost on the way. */
export interface Problem {
  readonly name: string;
  readonly message: string;
  /** The error's own code, such as `ENOSPC`; empty if it has none. */
  readonly code: string;
  readonly stack: string | undefined;
  /** Further data from the answering thread. */
  readonly data: unknown;
}

export type ToServer =
  | { readonly kind: 'call'; readonly id: number; readonly name: PropertyKey; readonly args: unknown }
  | { readonly kind: 'notify'; readonly name: PropertyKey; readonly args: unknown }
  /**
   * `over`: becomes 1 when all calls are answered and the port is closed. For a
   * calling thread that is exiting and receives no messages any more.
   */
  | { readonly kind: 'end'; readonly over: Int32Array | undefined };

export type ToCaller =
  | { readonly kind: 'result'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'problem'; readonly id: number; readonly problem: Problem }
  | { readonly kind: 'event'; readonly name: PropertyKey; readonly value: unknown }
  /** All calls are answered and the port is closed; only the runtime still has to exit. */
  | { readonly kind: 'ended' };
