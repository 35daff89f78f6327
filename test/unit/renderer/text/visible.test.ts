import { expect, it } from 'vitest';
import { jsx, jsxs } from '../../../../src/renderer/src/text/jsx-runtime';

it('makes every displayed text visible, and changes no other property', () => {
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
    data: [
      { value: raw, label: shown },
      { value: raw, label: shown },
    ],
  });
  expect(props({ data: [{ group: raw, items: [raw, 'plain'] }] })).toEqual({
    data: [{ group: shown, items: [{ value: raw, label: shown }, 'plain'] }],
  });
  const known = { data: ['plain', { group: 'g', items: ['x'] }] };
  expect(props(known)).toEqual(known);
  expect(props({ value: raw, id: raw, 'data-value': raw })).toEqual({
    value: raw,
    id: raw,
    'data-value': raw,
  });
  expect(props({ title: 'x'.repeat(3_000) })).toEqual({ title: `${'x'.repeat(1_999)}…` });
});
