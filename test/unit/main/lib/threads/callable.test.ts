import { once } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  Callable,
  hasStuckThread,
  ThreadError,
  ThreadGone,
  type CallableOptions,
} from '../../../../../src/main/lib/threads/callable';
import {
  serve,
  Transferring,
  type CallHandlers,
  type ServeOptions,
} from '../../../../../src/main/lib/threads/serve';

interface Calls {
  double: { args: number; result: number };
  slow: { args: number; result: number };
  fail: { args: { readonly code: string }; result: null };
  bytes: { args: Uint8Array<ArrayBuffer>; result: Uint8Array<ArrayBuffer> };
  odd: { args: null; result: unknown };
}
interface Events {
  progress: { readonly done: number };
  ended: null;
}

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Waits for a notification that never comes. It receives nothing, like a busy loop, but uses no processor time. */
const waitsForEver = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);';

/** A thread that cannot be terminated. */
function stuck(code: string): Worker {
  class Stuck extends Worker {
    override terminate(): Promise<number> {
      return new Promise(() => undefined);
    }
  }
  const worker = new Stuck(code, { eval: true });
  closing.push(() => void Worker.prototype.terminate.call(worker));
  return worker;
}

function pair(
  more: Partial<CallHandlers<Calls>> = {},
  options: ServeOptions = {},
  onGone?: (e: Error) => void,
) {
  const { port1, port2 } = new MessageChannel();
  closing.push(() => port1.close());
  const heard: unknown[] = [];
  const served = serve<Calls, Events>(
    port2,
    {
      double: (n) => n * 2,
      slow: async (n) => {
        await new Promise((resolve) => setTimeout(resolve, n));
        return n;
      },
      fail: ({ code }) => {
        throw Object.assign(new RangeError('no room'), { code });
      },
      bytes: (bytes) => new Transferring(bytes, [bytes.buffer]),
      odd: () => () => 'a function',
      ...more,
    },
    options,
  );
  const on: CallableOptions<Events>['on'] = {
    progress: ({ done }) => heard.push(done),
    ended: () => heard.push('ended'),
  };
  const thread = new Callable<Calls, Events>(port1, onGone === undefined ? { on } : { on, onGone });
  return { thread, served, heard, port1, port2 };
}

describe('calls', () => {
  test('each has its own answer, in any order', async () => {
    const { thread } = pair();
    expect(
      await Promise.all([thread.call('slow', 20), thread.call('double', 4), thread.call('slow', 1)]),
    ).toEqual([20, 8, 1]);
  });

  test('a failure has its reason, code and data', async () => {
    const { thread } = pair({}, { problemData: () => ({ isDamaged: true }) });
    const error: unknown = await thread.call('fail', { code: 'ENOSPC' }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ThreadError);
    expect(error).toMatchObject({
      name: 'RangeError',
      message: 'no room',
      code: 'ENOSPC',
      data: { isDamaged: true },
    });
    expect(await thread.call('double', 1)).toBe(2);
  });

  test('a rejected promise is a failure too', async () => {
    const { thread } = pair({ slow: () => Promise.reject(new Error('late')) });
    await expect(thread.call('slow', 1)).rejects.toThrow('late');
  });

  test('bytes are transferred in both directions', async () => {
    const { thread } = pair();
    const bytes = Uint8Array.of(1, 2, 3);
    const back = await thread.call('bytes', bytes, [bytes.buffer]);
    expect(bytes.length).toBe(0);
    expect([...back]).toEqual([1, 2, 3]);
  });

  test('values that cannot be copied are refused on both sides, and no call waits for them', async () => {
    const { thread } = pair();
    await expect(thread.call('odd', null)).rejects.toThrow('could not be cloned');
    await expect(thread.call('double', (() => 1) as unknown as number)).rejects.toThrow(
      'could not be cloned',
    );
    expect(await thread.call('double', 1)).toBe(2);
  });

  test('notify has no answer and keeps its place among the calls', async () => {
    const seen: number[] = [];
    const { thread } = pair({ double: (n) => seen.push(n) });
    thread.notify('double', 1);
    thread.notify('double', 2);
    expect(await thread.call('double', 3)).toBe(3);
    expect(seen).toEqual([1, 2, 3]);
  });
});

test('events arrive in order, before the answers sent after them', async () => {
  const { thread, served, heard } = pair({
    double: (n) => {
      for (let done = 0; done < n; done += 1) served.emit('progress', { done });
      served.emit('ended', null);
      return n;
    },
  });
  await thread.call('double', 3);
  expect(heard).toEqual([0, 1, 2, 'ended']);
});

describe('the end', () => {
  test('on request: earlier calls are answered, then the thread ends without a report', async () => {
    const gone: Error[] = [];
    const order: string[] = [];
    const { thread } = pair({}, { onEnd: () => void order.push('end') }, (error) => gone.push(error));
    const slow = thread.call('slow', 20).then((n) => order.push(String(n)));
    await thread.end();
    await slow;
    expect(order).toEqual(['end', '20']);
    expect(thread.isGone).toBe(true);
    expect(gone).toEqual([]);
    await expect(thread.call('double', 1)).rejects.toThrow(ThreadGone);
    expect(() => thread.notify('double', 1)).not.toThrow();
    await thread.end();
  });

  test('on request: later calls are refused, and transferred ports are closed', async () => {
    const { thread } = pair({}, { onEnd: () => new Promise((resolve) => setTimeout(resolve, 20)) });
    const ended = thread.end();
    const { port1, port2 } = new MessageChannel();
    const closed = once(port2, 'close');
    await expect(thread.call('double', 1, [port1])).rejects.toThrow('the thread is being ended');
    await closed;
    await ended;
  });

  test('on request, without a reaction: the thread is terminated after a while', async () => {
    const { thread } = pair({}, { onEnd: () => new Promise(() => undefined) });
    const never = thread.call('slow', 60_000);
    await Promise.all([expect(never).rejects.toThrow(ThreadGone), thread.end(20)]);
  });

  test('the other end closed: waiting calls are rejected, and the end is reported once', async () => {
    const gone: Error[] = [];
    const { thread, port2 } = pair({}, {}, (error) => gone.push(error));
    const waiting = [thread.call('slow', 60_000), thread.call('slow', 60_000)];
    setTimeout(() => port2.close(), 5);
    const results = await Promise.allSettled(waiting);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(gone).toHaveLength(1);
  });

  test.each([
    ['an uncaught error', "setTimeout(() => { throw new RangeError('a bug') }, 1)", 'a bug'],
    ['an exit', 'setTimeout(() => process.exit(7), 1)', 'the thread ended with code 7'],
  ])('a worker that dies of %s: waiting calls are rejected with the reason', async (_, code, reason) => {
    const gone: Error[] = [];
    const worker = new Worker(`require('node:worker_threads').parentPort.on('message', () => { ${code} })`, {
      eval: true,
    });
    const thread = new Callable<Calls>(worker, { on: {}, onGone: (error) => gone.push(error) });
    await expect(thread.call('double', 1)).rejects.toThrow(reason);
    await expect(thread.call('double', 1)).rejects.toThrow(reason);
    await thread.end();
    expect(gone.map(({ message }) => message)).toEqual([reason]);
  });

  test('messages that arrive after the report of a death are ignored', async () => {
    const { port1, served, heard, thread } = pair();
    served.emit('progress', { done: 1 });
    port1.emit('messageerror', new Error('a bug'));
    await once(port1, 'message');
    expect(thread.isGone).toBe(true);
    expect(heard).toEqual([]);
  });

  test('a worker that does not react is terminated', async () => {
    const worker = new Worker('while (true);', { eval: true });
    await once(worker, 'online');
    await new Callable<Calls>(worker, { on: {} }).end(20);
  });

  test('a worker that cannot be terminated is no longer waited for', async () => {
    const worker = stuck(waitsForEver);
    await once(worker, 'online');
    const thread = new Callable<Calls>(worker, { on: {} });
    expect(hasStuckThread()).toBe(false);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    closing.push(() => vi.useRealTimers());
    const ended = thread.end(20);
    vi.advanceTimersByTime(3_020);
    await ended;
    expect([thread.isGone, hasStuckThread()]).toEqual([true, true]);
    await expect(thread.call('double', 1)).rejects.toThrow('the thread does not end');
  });

  test('a worker that is done but stays in the runtime is not waited for either', async () => {
    const worker = stuck(
      `require('node:worker_threads').parentPort.on('message', ({ kind, id, args }) => {
        if (kind === 'call') require('node:worker_threads').parentPort.postMessage({ kind: 'result', id, result: args * 2 });
        else { require('node:worker_threads').parentPort.postMessage({ kind: 'ended' }); ${waitsForEver} }
      })`,
    );
    const thread = new Callable<Calls>(worker, { on: {} });
    expect(await thread.call('double', 2)).toBe(4);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    closing.push(() => vi.useRealTimers());
    const ended = thread.end();
    await once(worker, 'message');
    vi.advanceTimersByTime(6_000);
    await ended;
    expect(thread.isGone).toBe(true);
  });

  test('a worker that is still busy at the end of the app is left alone, without termination', async () => {
    const worker = stuck(waitsForEver);
    const terminate = vi.spyOn(worker, 'terminate');
    await once(worker, 'online');
    const thread = new Callable<Calls>(worker, { on: {} });
    const never = thread.call('slow', 60_000);
    await Promise.all([expect(never).rejects.toThrow('the thread does not end'), thread.leave(20)]);
    expect(terminate).not.toHaveBeenCalled();
  });

  test('a worker that ends by itself leaves no timers', async () => {
    const { thread } = pair();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    closing.push(() => vi.useRealTimers());
    await Promise.all([thread.end(), thread.end(60_000), thread.leave()]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
