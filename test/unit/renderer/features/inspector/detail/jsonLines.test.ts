import { describe, expect, it } from 'vitest';
import {
  copyText,
  jsonLines,
  lineLimit,
  treeMove,
} from '../../../../../../src/renderer/src/features/inspector/detail/jsonLines';

const json = { cmd: 'priceset', price: [[101, 1000, 0], []], none: {} };
const none: ReadonlySet<string> = new Set();
const all = jsonLines(json, none).lines;
const at = (id: string): number => all.findIndex((line) => line.id === id);

describe('a body as lines', () => {
  it('has a line for every member and element, with its position', () => {
    expect(all.map(({ id, level, holds, place, of }) => [id, level, holds, place, of])).toEqual([
      ['["cmd"]', 1, null, 1, 3],
      ['["price"]', 1, 2, 2, 3],
      ['["price",0]', 2, 3, 1, 2],
      ['["price",0,0]', 3, null, 1, 3],
      ['["price",0,1]', 3, null, 2, 3],
      ['["price",0,2]', 3, null, 3, 3],
      ['["price",1]', 2, 0, 2, 2],
      ['["none"]', 1, 0, 3, 3],
    ]);
  });

  it('hides the content of collapsed lines', () => {
    expect(jsonLines(json, new Set(['["price"]'])).lines.map(({ name }) => name)).toEqual([
      'cmd',
      'price',
      'none',
    ]);
  });

  it('stops at the limit, with the number of further lines there', () => {
    const { lines, more } = jsonLines({ list: Array.from({ length: 5_000 }, (_, n) => n), last: 1 }, none);
    expect(lines.length).toBe(lineLimit);
    expect(more).toBe(5_001 - (lineLimit - 1));
  });
});

describe('the keys of a tree', () => {
  const closed = new Set(['["price"]']);
  const shut = jsonLines(json, closed).lines;

  it.each([
    ['ArrowDown', '["cmd"]', { to: 1 }],
    ['ArrowUp', '["cmd"]', { to: 0 }],
    ['End', '["cmd"]', { to: 7 }],
    ['Home', '["none"]', { to: 0 }],
    ['ArrowRight', '["price"]', { to: 2 }],
    ['ArrowLeft', '["price"]', { close: '["price"]' }],
    ['ArrowLeft', '["price",0,1]', { to: 2 }],
    ['ArrowLeft', '["cmd"]', { to: 0 }],
    ['ArrowRight', '["price",1]', { to: 6 }],
    ['Enter', '["price",0]', { close: '["price",0]' }],
    ['x', '["cmd"]', null],
  ] as const)('%s on %s', (key, id, move) => {
    expect(treeMove(key, at(id), all, none)).toEqual(move);
  });

  it('open collapsed lines', () => {
    expect(treeMove('ArrowRight', 1, shut, closed)).toEqual({ open: '["price"]' });
    expect(treeMove(' ', 1, shut, closed)).toEqual({ open: '["price"]' });
    expect(treeMove('ArrowDown', 1, shut, closed)).toEqual({ to: 2 });
  });
});

describe('copying a value', () => {
  it('texts have no quotes, all other values are JSON', () => {
    expect([copyText(' a '), copyText(5), copyText(null), copyText([1])]).toEqual([
      ' a ',
      '5',
      'null',
      '[\n  1\n]',
    ]);
  });
});
