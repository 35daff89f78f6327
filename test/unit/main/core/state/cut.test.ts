import { describe, expect, it } from 'vitest';
import { readJson } from '../../../../../src/main/core/protocol/json';
import { isCut } from '../../../../../src/main/core/state/cut';

const cut = (text: string): boolean => isCut({ text, findings: readJson(text).findings });

describe('a body without its end', () => {
  it.each([
    '{"cmd":"productdone","order_no":"1","isok":true',
    // Its last character belongs to an inner object, or to a text.
    '{"cmd":"productdone","order_no":"1","isok":true,"recipe":{"10009":"12.50"}',
    '{"cmd":"productdone","order_no":"1","isok":true,"failreason":"a}',
    '{"cmd":"productdone","order_no":"1","a":{"b":{"c":1}}',
  ])('%s', (text) => expect(cut(text)).toBe(true));
});

describe('a complete one in any form', () => {
  it.each([
    '{"cmd":"productdone","isok":true}',
    '{"cmd":"productdone","isok":true,}',
    '{"cmd":"productdone","recipe":{"10009":"12.50",},}\0\0',
    '{"cmd":"productdone","failreason":"a { \\" b",}',
    // Cut in two; both parts arrived.
    '{"cmd":"productdone","isok":true},"order_no":"1"}',
  ])('%s', (text) => expect(cut(text)).toBe(false));
});
