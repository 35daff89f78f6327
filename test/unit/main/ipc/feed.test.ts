/** What windows are sent, and which are sent nothing any more. */
import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { expect, it } from 'vitest';
import { livePartsOf } from '#shared/contract/live';
import { Feed, type WholeSources } from '../../../../src/main/ipc/feed';
import { initialLive } from '../../../../src/renderer/src/store/live';
import { row } from '../../../builders/rows';

class Contents extends EventEmitter {
  readonly sent: string[] = [];
  isGone = false;
  hasCrashed = false;
  readonly id: number;

  constructor(id: number) {
    super();
    this.id = id;
  }

  isDestroyed(): boolean {
    return this.isGone;
  }

  isCrashed(): boolean {
    if (this.isGone) throw new Error('Object has been destroyed');
    return this.hasCrashed;
  }

  send(_channel: string, batch: string): void {
    // As Electron does, which writes it to the terminal.
    if (this.isGone || this.hasCrashed) throw new Error('Render frame was disposed');
    this.sent.push(batch);
  }
}

it('a window that went away or whose page died is sent nothing; the others are', () => {
  const feed = new Feed();
  const [good, dead, closed] = [new Contents(1), new Contents(2), new Contents(3)];
  for (const contents of [good, dead, closed]) feed.add(contents as unknown as WebContents);
  dead.hasCrashed = true;
  closed.isGone = true;
  feed.keyed('machines', { rows: [row(7)], removed: [] });
  feed.flush();
  expect([good.sent.length, dead.sent.length, closed.sent.length]).toEqual([1, 0, 0]);
  // It is started again, and takes a snapshot first.
  dead.hasCrashed = false;
  feed.keyed('machines', { rows: [], removed: [7] });
  feed.flush();
  expect([good.sent.length, dead.sent.length]).toEqual([2, 1]);
  closed.emit('destroyed');
  expect(feed.has(3)).toBe(false);
  feed.stop();
});

it('whoever watches learns of each value of a whole part, without any window', () => {
  const feed = new Feed();
  const seen: unknown[] = [];
  const values = {
    ...initialLive,
    crashes: [{ id: '1-window', what: 'window', at: 1, again: true }],
  } as const;
  const sources = Object.fromEntries(livePartsOf('whole').map((part) => [part, () => values[part]]));
  feed.open(sources as unknown as WholeSources, () => undefined);
  feed.watchWhole((part, value) => seen.push([part, value]));
  const parts: string[] = [];
  feed.watchWhole((part) => parts.push(part));
  feed.changed('crashes');
  feed.flush();
  feed.flush();
  expect(seen).toEqual([['crashes', values.crashes]]);
  expect(parts).toEqual(['crashes']);
});
