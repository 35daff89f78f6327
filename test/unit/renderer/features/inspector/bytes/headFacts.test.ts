import { describe, expect, it } from 'vitest';
import type { FrameDetail } from '#shared/model/frame';
import { headFacts } from '../../../../../../src/renderer/src/features/inspector/bytes/headFacts';
import { frame as bytesOf } from '../../../../../builders/frames';
import { frame } from '../../../../../builders/rows';

const detail = (bytes: Uint8Array, over: Partial<FrameDetail> = {}): FrameDetail => ({
  ...frame(1),
  bytes,
  bodyStart: 12,
  sequence: null,
  fullText: '',
  json: null,
  journal: null,
  ...over,
});
const text = (head: string): Uint8Array => new TextEncoder().encode(`${head}{"cmd":"hb","vmc_no":33232}`);

describe('the content of a head', () => {
  it.each([
    ['003900000000', 39, '00000000'],
    ['  39abcdefgh', 39, 'abcdefgh'],
    ['390000000000', 39, '00000000'],
    ['0041        ', 41, '        '],
    ['x9  00000000', null, '00000000'],
  ])('%s', (head, declared, padding) => {
    expect(headFacts(detail(text(head)))).toEqual({ declared, padding });
  });

  it.each([39, 256, 347, 1024])('le48 of %i bytes', (size) => {
    const body = `{"p":"${'p'.repeat(size - 20)}"}`;
    const facts = headFacts(detail(bytesOf(body, 'le48', 68), { head: 'le48' }));
    expect(facts).toEqual({ declared: size, padding: 't0000000' });
  });

  it('is missing without a head', () => {
    expect(headFacts(detail(text(''), { head: null, bodyStart: 0 }))).toBeNull();
    expect(headFacts(detail(text('003900000000'), { head: null }))).toBeNull();
  });
});
