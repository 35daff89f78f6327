/** What crosses the border between two threads or processes. Both ends are ours: the contract's types are the check, made by the compiler. */
import type { MessagePort, Transferable, Worker } from 'node:worker_threads';
import type { ProcessPort } from './process';

/** A worker or a process as its owner holds it, or one end of a `MessageChannel`. */
export type Port = Worker | MessagePort | ProcessPort;

/** The answering end: a worker's own `parentPort`, a process's channel to its owner, or one end of a `MessageChannel`. */
export interface ServingPort {
  on(event: 'message', listener: (message: ToServing) => void): unknown;
  postMessage(message: ToCaller, transfer: TransferList): void;
  close(): void;
}

/** What is handed over instead of copied. */
export type TransferList = readonly Transferable[];

/** A table of calls: `interface Calls { open: { args: { file: string }; result: boolean } }`. */
export type CallTable<Calls> = {
  readonly [Name in keyof Calls]: { readonly args: unknown; readonly result: unknown };
};

/** What a call failed with, as it travels: an Error's own members would be lost on the way. */
export interface Problem {
  readonly name: string;
  readonly message: string;
  /** The error's own code, such as `ENOSPC`; empty where it has none. */
  readonly code: string;
  readonly stack: string | undefined;
  /** What else the answering thread says about it. */
  readonly data: unknown;
}

export type ToServing =
  | { readonly kind: 'call'; readonly id: number; readonly name: PropertyKey; readonly args: unknown }
  | { readonly kind: 'tell'; readonly name: PropertyKey; readonly args: unknown }
  /** `over`: becomes 1 when all is answered and closed, for an asking thread that ends itself and hears nothing more. */
  | { readonly kind: 'end'; readonly over: Int32Array | undefined };

export type ToCaller =
  | { readonly kind: 'result'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'problem'; readonly id: number; readonly problem: Problem }
  | { readonly kind: 'event'; readonly name: PropertyKey; readonly value: unknown }
  /** All is answered and closed, as it was asked to: what is left to do is the runtime's. */
  | { readonly kind: 'ended' };
