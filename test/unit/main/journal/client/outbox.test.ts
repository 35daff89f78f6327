import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import fc from 'fast-check';
import type { StoredEntry } from '#shared/model/frame';
import { Outbox, type OutboxParts } from '../../../../../src/main/journal/client/outbox';
import { unpacked } from '../../../../../src/main/journal/client/packed';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const entry = (id: number): StoredEntry => ({
  id,
  at: id,
  conn: 1,
  vmcNo: 7,
  kind: 'junk',
  bytes: new Uint8Array([id % 256]),
  findings: [],
});
type Sent = Parameters<OutboxParts['append']>[0];
type Answer = 'written' | 'full' | 'lost';

/** A journal thread that answers on command, in the order of its batches, and refuses batches after a refused one. */
class Thread {
  /** Entries on disk. */
  readonly ids: number[] = [];
  /** Machines whose states are on disk. */
  readonly machines: number[] = [];
  readonly sent: number[] = [];
  readonly refusals: string[] = [];
  replaced = 0;
  written = 0;
  canReplace = true;
  isOpen = true;
  readonly #open: {
    readonly batch: Sent;
    readonly resolve: () => void;
    readonly reject: (e: Error) => void;
  }[] = [];
  readonly outbox: Outbox;

  constructor(last = 0) {
    this.written = last;
    this.outbox = new Outbox({
      append: (batch) => {
        this.sent.push(batch.number);
        return new Promise<void>((resolve, reject) => this.#open.push({ batch, resolve, reject }));
      },
      isOpen: () => this.isOpen,
      replace: (error) => {
        if (String(error) !== 'Error: lost') return null;
        this.replaced += 1;
        return this.#replace();
      },
      onWritten: () => undefined,
      onRefused: (error) => void this.refusals.push(String(error)),
      last,
      mostBytes: undefined,
    });
  }

  get waiting(): number {
    return this.#open.length;
  }

  async #replace(): Promise<void> {
    await Promise.resolve();
    if (!this.canReplace) throw new Error('no folder');
  }

  /** Answers the oldest batch. */
  async answer(how: Answer = 'written'): Promise<void> {
    const next = this.#open.shift();
    if (next === undefined) return;
    const { batch, resolve, reject } = next;
    if (batch.number > this.written + 1) reject(new Error('an earlier batch was refused'));
    else if (how !== 'written') reject(new Error(how));
    else {
      this.written = batch.number;
      this.ids.push(...[...unpacked(batch.entries)].map(({ id }) => id));
      this.machines.push(...batch.machines.map(({ vmcNo }) => vmcNo));
      resolve();
    }
    await vi.advanceTimersByTimeAsync(0);
  }

  async answerAll(): Promise<void> {
    while (this.waiting > 0) await this.answer();
  }

  add(from: number, to = from): void {
    for (let id = from; id <= to; id += 1) this.outbox.add(entry(id));
  }
}

const range = (to: number): readonly number[] => Array.from({ length: to }, (_, i) => i + 1);

describe('records that are handed over', () => {
  it('are sent at once, also while earlier ones have no answer', async () => {
    const thread = new Thread(57);
    thread.add(1);
    expect(thread.outbox.handOver()).toBe(58);
    thread.add(2);
    expect(thread.outbox.handOver()).toBe(59);
    // Nothing new.
    expect(thread.outbox.handOver()).toBe(59);
    expect(thread.sent).toEqual([58, 59]);
    await thread.answerAll();
    expect(thread.ids).toEqual([1, 2]);
    expect(thread.outbox.written).toBe(59);
  });

  it('are sent after 100 ms without that', async () => {
    const thread = new Thread();
    thread.add(1);
    await vi.advanceTimersByTimeAsync(99);
    expect(thread.sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(thread.sent).toEqual([1]);
  });

  it('changed rows have a batch too', async () => {
    const thread = new Thread();
    thread.outbox.keep((changed) => changed.machines.set(7, { vmcNo: 7, entry: 1, state: '{}' }));
    expect(thread.outbox.handOver()).toBe(1);
    await thread.answerAll();
    expect(thread.machines).toEqual([7]);
  });

  it('at most four batches have no answer: the others follow, up to the reported number', async () => {
    const thread = new Thread();
    const numbers: number[] = [];
    for (let id = 1; id <= 7; id += 1) {
      thread.add(id);
      numbers.push(thread.outbox.handOver());
    }
    expect(thread.sent).toEqual([1, 2, 3, 4]);
    // The last three are one batch.
    expect(numbers).toEqual([1, 2, 3, 4, 5, 5, 5]);
    await thread.answer();
    expect(thread.sent).toEqual([1, 2, 3, 4, 5]);
    await thread.answerAll();
    expect(thread.ids).toEqual(range(7));
  });
});

/**
 * docs/architecture/journal.md promises that a kill costs no answer older than 500 ms. A frame leaves this thread after
 * 100 ms, and a flood waits once a frame is 150 ms old. The rest is left to four batches and the disk.
 */
describe('a flood', () => {
  it('does not delay the records before it: they leave every 100 ms, and full batches at once', async () => {
    const thread = new Thread();
    const sentBy: number[] = [];
    for (let ms = 0; ms < 400; ms += 10) {
      thread.add(ms + 1);
      await vi.advanceTimersByTimeAsync(10);
      await thread.answerAll();
      sentBy.push(thread.ids.length);
    }
    expect(sentBy.filter((count, at) => count !== sentBy[at - 1])).toEqual([0, 10, 20, 30, 40]);
    thread.add(1_000, 5_998);
    expect(thread.waiting).toBe(0);
    thread.add(5_999);
    expect(thread.waiting).toBe(1);
  });

  it('waits once a record is older than 150 ms, wherever that record is, until the disk has it', async () => {
    const thread = new Thread();
    thread.add(1);
    await vi.advanceTimersByTimeAsync(150);
    expect([thread.sent, thread.outbox.hasBacklog]).toEqual([[1], false]);
    await vi.advanceTimersByTimeAsync(1);
    expect(thread.outbox.hasBacklog).toBe(true);
    // Later records change nothing, and do not overtake.
    thread.add(2, 3);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(thread.outbox.hasBacklog).toBe(true);
    await thread.answer();
    expect(thread.outbox.hasBacklog).toBe(true);
    await thread.answerAll();
    expect([thread.ids, thread.outbox.hasBacklog]).toEqual([[1, 2, 3], false]);
  });

  it('waits at 20,000 records without an answer, however young; four batches of them are on their way', async () => {
    const thread = new Thread();
    thread.add(1, 20_000);
    expect(thread.outbox.hasBacklog).toBe(false);
    thread.add(20_001);
    expect(thread.outbox.hasBacklog).toBe(true);
    await vi.advanceTimersByTimeAsync(100);
    expect([thread.waiting, thread.outbox.hasBacklog]).toEqual([4, true]);
    await thread.answer();
    expect(thread.outbox.hasBacklog).toBe(false);
    await thread.answerAll();
    expect(thread.outbox.hasBacklog).toBe(false);
    expect(thread.ids).toEqual(range(20_001));
  });
});

describe('a disk that refuses', () => {
  it('gets one batch at a time until it accepts one, and then all, in order', async () => {
    const thread = new Thread();
    for (let id = 1; id <= 3; id += 1) {
      thread.add(id);
      thread.outbox.handOver();
    }
    await thread.answer('full');
    expect(thread.refusals).toEqual(['Error: full']);
    await thread.answerAll();
    // The refusals of the later batches say nothing new.
    expect(thread.refusals).toEqual(['Error: full']);
    thread.add(4);
    expect(thread.outbox.handOver()).toBe(4);
    expect(thread.sent).toEqual([1, 2, 3]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(thread.sent).toEqual([1, 2, 3, 1]);
    await thread.answer('full');
    await vi.advanceTimersByTimeAsync(1_000);
    await thread.answerAll();
    expect(thread.ids).toEqual(range(4));
    expect(thread.outbox.written).toBe(4);
  });

  it('a number reported for rows is reached although they go with earlier entries', async () => {
    const thread = new Thread();
    thread.add(1);
    thread.outbox.handOver();
    thread.outbox.keep((changed) => changed.machines.set(7, { vmcNo: 7, entry: 1, state: '{}' }));
    const number = thread.outbox.handOver();
    expect(number).toBe(2);
    await thread.answer('full');
    await thread.answer();
    await vi.advanceTimersByTimeAsync(1_000);
    await thread.answerAll();
    expect(thread.machines).toEqual([7]);
    expect(thread.outbox.written).toBe(2);
  });

  it('a flush ends with the refusal', async () => {
    const thread = new Thread();
    thread.add(1);
    const flushed = vi.fn<() => void>();
    void thread.outbox.flush().then(flushed);
    await vi.advanceTimersByTimeAsync(0);
    expect(flushed).not.toHaveBeenCalled();
    await thread.answer('full');
    expect(flushed).toHaveBeenCalledOnce();
    expect(thread.outbox.count).toBe(1);
  });
});

describe('a lost file', () => {
  it('is replaced once, and a flush ends when the records are in the new one', async () => {
    const thread = new Thread();
    thread.add(1);
    thread.outbox.handOver();
    thread.add(2);
    const flushed = vi.fn<() => void>();
    void thread.outbox.flush().then(flushed);
    await thread.answer('lost');
    await thread.answer();
    expect(thread.replaced).toBe(1);
    expect(flushed).not.toHaveBeenCalled();
    await thread.answerAll();
    expect(thread.ids).toEqual([1, 2]);
    expect(thread.refusals).toEqual([]);
    expect(flushed).toHaveBeenCalledOnce();
  });

  it('that is lost again at once is a refusal', async () => {
    const thread = new Thread();
    thread.add(1);
    thread.outbox.handOver();
    await thread.answer('lost');
    await thread.answer('lost');
    expect(thread.replaced).toBe(1);
    expect(thread.refusals).toEqual(['Error: lost']);
    await vi.advanceTimersByTimeAsync(1_000);
    await thread.answer('lost');
    expect(thread.replaced).toBe(2);
  });

  it('that can not be replaced is a refusal', async () => {
    const thread = new Thread();
    thread.canReplace = false;
    thread.add(1);
    thread.outbox.handOver();
    await thread.answer('lost');
    expect(thread.refusals).toEqual(['Error: no folder']);
    expect(thread.outbox.count).toBe(1);
  });
});

it('entries that a dead thread had written are not sent again, and their batches keep their numbers', async () => {
  const thread = new Thread();
  thread.add(1);
  thread.outbox.handOver();
  thread.add(2);
  thread.outbox.handOver();
  await thread.answer('full');
  await thread.answer();
  thread.outbox.drop(1);
  expect(thread.outbox.count).toBe(1);
  await vi.advanceTimersByTimeAsync(1_000);
  await thread.answerAll();
  expect(thread.ids).toEqual([2]);
  expect(thread.outbox.written).toBe(2);
});

it('a closed journal gets nothing', async () => {
  const thread = new Thread();
  thread.isOpen = false;
  thread.add(1);
  await thread.outbox.flush();
  expect(thread.outbox.handOver()).toBe(1);
  expect(thread.sent).toEqual([]);
});

it('whatever the disk does, no entry is lost, doubled or out of order, and every reported number is reached', async () => {
  const act = fc.oneof(
    fc.constant('add' as const),
    fc.constant('rows' as const),
    fc.constant('handOver' as const),
    fc.constant('wait' as const),
    fc.constantFrom<Answer>('written', 'written', 'full', 'lost'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 60 }), async (acts) => {
      const thread = new Thread();
      let last = 0;
      const numbers: number[] = [];
      for (const one of acts) {
        if (one === 'add') thread.add((last += 1));
        else if (one === 'rows')
          thread.outbox.keep((changed) => changed.machines.set(last, { vmcNo: last, entry: 1, state: '{}' }));
        else if (one === 'handOver') {
          numbers.push(thread.outbox.handOver());
        } else if (one === 'wait') await vi.advanceTimersByTimeAsync(1_000);
        else await thread.answer(one);
      }
      for (let round = 0; round < 5; round += 1) {
        await thread.answerAll();
        await vi.advanceTimersByTimeAsync(1_000);
      }
      expect(thread.ids).toEqual(range(last));
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
      expect(thread.written).toBeGreaterThanOrEqual(numbers.at(-1) ?? 0);
      expect(thread.outbox.count).toBe(0);
    }),
  );
});
