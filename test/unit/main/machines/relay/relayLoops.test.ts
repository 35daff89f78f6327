import { describe, expect, it } from 'vitest';
import { isLoop, Nameless, tooMany, type Passed } from '../../../../../src/main/machines/relay/relayLoops';

const opening = (text: string, firstAt: number): Passed => ({ firstBytes: Buffer.from(text), firstAt });
const silent: Passed = { firstBytes: Buffer.alloc(0), firstAt: null };

describe('connections of one machine are a loop', () => {
  const alike = [opening('login 1', 0), opening('login 1', 5), opening('login 1 and its heartbeat', 9)];

  it('if four open ones begin alike within ten seconds', () => {
    expect(isLoop(opening('login 1', 10_000), alike)).toBe(true);
  });
  it.each([
    ['only three are open', opening('login 1', 10), alike.slice(1)],
    ['one of them began much earlier', opening('login 1', 10_001), alike],
    ['it begins differently', opening('login 2', 10), alike],
    ['one of them has sent nothing', opening('login 1', 10), [...alike.slice(1), silent]],
    ['it has sent nothing', silent, alike],
  ])('not if %s', (_, newest, older) => {
    expect(isLoop(newest, older)).toBe(false);
  });
});

it('of nine connections of one machine the oldest is too many', () => {
  expect(tooMany([1, 2, 3, 4, 5, 6, 7, 8])).toEqual([]);
  expect(tooMany([1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual([1]);
});

it('four connections without a number are many, until one reports its number or ends', () => {
  const crowd = new Nameless();
  const nameless = () => ({ vmcNo: null as number | null });
  const speaks = nameless();
  for (const one of [speaks, nameless(), nameless()]) crowd.add(one);
  expect(crowd.areMany).toBe(false);
  const last = nameless();
  crowd.add(last);
  expect(crowd.areMany).toBe(true);
  speaks.vmcNo = 1;
  expect(crowd.areMany).toBe(false);
  crowd.add(nameless());
  expect(crowd.areMany).toBe(true);
  crowd.delete(last);
  expect(crowd.areMany).toBe(false);
});
