import type { TestApp } from './app';

export interface HeldQueries {
  /** The number of held queries. */
  readonly held: () => Promise<number>;
  readonly letGo: () => Promise<void>;
}

/** Main holds back queries that match `wanted` as JSON, until they are released. */
export async function holdQueries({ electron }: TestApp, wanted: RegExp): Promise<HeldQueries> {
  await electron.evaluate((_electron, source) => {
    const { MessagePort, Worker } = process.getBuiltinModule('node:worker_threads');
    const pattern = new RegExp(source);
    const held: (() => void)[] = [];
    const undone = [MessagePort.prototype, Worker.prototype].map((prototype) => {
      const post = Reflect.get(prototype, 'postMessage') as (...args: unknown[]) => void;
      Object.assign(prototype, {
        postMessage(this: unknown, ...args: unknown[]): void {
          if (pattern.test(JSON.stringify(args[0]))) held.push(() => post.apply(this, args));
          else post.apply(this, args);
        },
      });
      return () => Object.assign(prototype, { postMessage: post });
    });
    Object.assign(globalThis, {
      heldQueries: () => held.length,
      letQueriesGo: () => {
        for (const undo of undone) undo();
        for (const one of held) one();
      },
    });
  }, wanted.source);
  return {
    held: () =>
      electron.evaluate(() => (globalThis as unknown as { heldQueries: () => number }).heldQueries()),
    letGo: () =>
      electron.evaluate(() => (globalThis as unknown as { letQueriesGo: () => void }).letQueriesGo()),
  };
}
