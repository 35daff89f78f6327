import { expect, it } from 'vitest';
import { unseenIn, visible } from '../../../../src/renderer/src/text/visible';

it('names what nobody sees and what turns its neighbours around, and leaves all else', () => {
  expect(visible('a\u202Eb\u0000\u200B')).toBe('a⟨U+202E⟩b⟨U+0000⟩⟨U+200B⟩');
  expect(visible('\uFEFFx\u2066')).toBe('⟨U+FEFF⟩x⟨U+2066⟩');
  for (const text of ['', 'order 8741, ¥10', '杯子滞留', 'a\tb\nc', 'שלום', '👩‍🔧 ☕️'])
    expect(visible(text)).toBe(text);
  expect(unseenIn('ab\u202Ec\u200B')).toEqual([2, 4]);
});
