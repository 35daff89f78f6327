import { expect, it } from 'vitest';
import { jsx, jsxs } from '../../../../src/renderer/src/text/jsx-runtime';
import { unseenIn, visible } from '../../../../src/renderer/src/text/visible';

it('names what nobody sees and what turns its neighbours around, and leaves all else', () => {
  expect(visible('a\u202Eb\u0000\u200B')).toBe('a⟨U+202E⟩b⟨U+0000⟩⟨U+200B⟩');
  expect(visible('\uFEFFx\u2066')).toBe('⟨U+FEFF⟩x⟨U+2066⟩');
  for (const text of ['', 'order 8741, ¥10', '杯子滞留', 'a\tb\nc', 'שלום', '👩‍🔧 ☕️'])
    expect(visible(text)).toBe(text);
  expect(unseenIn('ab\u202Ec\u200B')).toEqual([2, 4]);
});

it('makes every text visible that an element draws, and nothing that it holds for other ends', () => {
  const raw = 'a\u202E';
  const shown = 'a⟨U+202E⟩';
  const props = (given: object): unknown => jsx('span', given).props;
  expect(props({ children: raw, title: raw, 'aria-label': raw })).toEqual({
    children: shown,
    title: shown,
    'aria-label': shown,
  });
  expect(jsxs('p', { children: [raw, 1, null] }).props).toEqual({ children: [shown, 1, null] });
  expect(props({ data: [raw, { value: raw, label: raw }] })).toEqual({
    data: [raw, { value: raw, label: shown }],
  });
  expect(props({ value: raw, id: raw, 'data-value': raw })).toEqual({
    value: raw,
    id: raw,
    'data-value': raw,
  });
  expect(props({ 'data-unseen': 'U+202E', children: '\u202E' })).toEqual({
    'data-unseen': 'U+202E',
    children: '\u202E',
  });
});
