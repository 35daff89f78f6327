/** Contrast of the colours and heights of rows in the style sheets. */
import { readFileSync } from 'node:fs';
import { DEFAULT_THEME, mergeMantineTheme } from '@mantine/core';
import { describe, expect, it } from 'vitest';
import { cssVariables, theme } from '../../../src/renderer/src/theme';
import { rowHeights } from '../../../src/renderer/src/ui/rows';

const sheet = readFileSync('src/renderer/src/tokens.css', 'utf8');
const valuesIn = (css: string): ReadonlyMap<string, string> =>
  new Map([...css.matchAll(/(--[\w-]+): ([^;]+);/g)].map(([, name = '', value = '']) => [name, value]));
const merged = mergeMantineTheme(DEFAULT_THEME, theme);
const { gray, dark } = merged.colors;

/** The values of a theme. Mantine's own names are added as it defines them (its default-css-variables-resolver). */
const themes = {
  light: { '--mantine-color-text': merged.black, '--mantine-color-body': merged.white },
  dark: { '--mantine-color-text': dark[0], '--mantine-color-body': dark[7] },
} as const;
const valuesOf = (scheme: keyof typeof themes): ReadonlyMap<string, string> =>
  new Map([
    ...valuesIn(sheet.slice(0, sheet.indexOf('@mixin'))),
    ...valuesIn(new RegExp(`@mixin ${scheme}-root \\{[^}]*`).exec(sheet)?.[0] ?? ''),
    ...Object.entries(cssVariables(merged)[scheme]),
    ...Object.entries(themes[scheme]),
  ]);

/** The colour of a name that may follow another: six digits. */
function hexOf(values: ReadonlyMap<string, string>, name: string): string {
  const value = values.get(name) ?? '';
  const other = /^var\((.+)\)$/.exec(value)?.[1];
  if (other !== undefined) return hexOf(values, other);
  return value.length === 4 ? value.replaceAll(/[\da-f]/g, '$&$&') : value;
}
/** Relative luminance, from 0 to 1 (WCAG 2.1). */
function luminance(hex: string): number {
  const [r = Number.NaN, g = Number.NaN, b = Number.NaN] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one: string, other: string): number {
  const [low = Number.NaN, high = Number.NaN] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

describe.each(['light', 'dark'] as const)('in the %s theme', (scheme) => {
  const values = valuesOf(scheme);
  const texts = [...values.keys()].filter(
    (name) =>
      /^--(?:state|tint)-/.test(name) ||
      ['--accent-text', '--mantine-color-text', '--mantine-color-dimmed', '--mantine-color-error'].includes(
        name,
      ),
  );
  const surfaces = [...values.keys()].filter(
    (name) =>
      /^--(?:surface|raised|hover|chosen|wash-(?!line)\w+)$/.test(name) || name === '--mantine-color-body',
  );

  it('every text is legible on every surface', () => {
    expect([texts.length, surfaces.length]).toEqual([16, 8]);
    const pairs = texts.flatMap((text) => surfaces.map((surface) => ({ text, surface })));
    const faint = pairs
      .map(({ text, surface }) => ({
        pair: `${text} on ${surface}`,
        ratio: contrast(hexOf(values, text), hexOf(values, surface)),
      }))
      .filter(({ ratio }) => !(ratio >= 4.5));
    expect(faint).toEqual([]);
  });

  it('the mark of a chosen part and the focus stand out from every surface', () => {
    const accent = hexOf(values, '--accent-text');
    expect(surfaces.filter((name) => !(contrast(accent, hexOf(values, name)) >= 3))).toEqual([]);
  });
});

it('contrast is measured as in WCAG', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  expect(gray[6]).toBe(hexOf(valuesOf('light'), '--state-info'));
});

it('rows are as high in lists as in style sheets', () => {
  const values = valuesIn(sheet);
  expect(Object.entries(rowHeights).map(([name, px]) => [name, `${px}px`])).toEqual(
    Object.keys(rowHeights).map((name) => [name, values.get(`--row-${name}`)]),
  );
});
