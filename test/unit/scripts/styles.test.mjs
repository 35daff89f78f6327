import { describe, expect, it } from 'vitest';
import { ownSizes, ownValues, unknownNames } from '../../../scripts/lib/styles.mjs';

const values = (/** @type {string} */ css) => ownValues(css).map(({ text }) => text);
const sizes = (/** @type {string} */ source) => ownSizes(source).map(({ text }) => text);

describe('a style sheet', () => {
  it('may use the common values, and none of its own', () => {
    const css = `
.a {
  gap: var(--gap-1) var(--gap-3);
  margin: 0 auto calc(var(--gap-1) * -1);
  padding: 0 calc(var(--control) + var(--target)) 0 6ch;
  font-size: var(--text-body);
  font-weight: var(--bold);
  border-radius: var(--radius) 0;
  color: var(--state-ok);
  min-height: 300px;
  height: 3px;
}`;
    expect(ownValues(css)).toEqual([]);
  });

  it.each([
    'gap: 6px',
    'row-gap: 2px',
    'padding: var(--gap-1) 10px',
    'margin-left: calc(100% - 3px)',
    'padding-inline: var(--gap-6)',
    'font-size: 11.5px',
    'font-size: 1.1em',
    'font-weight: 500',
    'border-radius: 6px',
    'border-top-left-radius: 3px',
    'min-height: 30px',
    'height: 22px',
    'color: #fff',
    'border: 1px solid rgb(0 0 0 / 20%)',
  ])('is refused %s', (declaration) => {
    expect(values(`.a {\n  & > b {\n    ${declaration};\n  }\n}`)).toEqual([declaration]);
  });

  it('gives a wash with corners a border', () => {
    const wash = 'border-radius: var(--radius);\n  background: var(--wash-info);';
    expect(values(`.a {\n  ${wash}\n}`)).toEqual(['background: var(--wash-info) without a border']);
    expect(values(`.a {\n  border: 1px solid var(--wash-line);\n  ${wash}\n}`)).toEqual([]);
  });

  it('has its own sizes on paper, but its neighbours do not', () => {
    const css = `@media print {\n  .a {\n    font-size: 8pt;\n    color: #000;\n  }\n}\n.b {\n  font-size: 8pt;\n}`;
    expect(ownValues(css)).toEqual([{ line: 8, text: 'font-size: 8pt' }]);
  });
});

describe('a component', () => {
  it('may use the common sizes', () => {
    const source = `<Group gap="sm" mt={0} p="var(--label)"><Button size="compact-xs" mt={has ? 0 : 'xs'} /></Group>`;
    expect(ownSizes(source)).toEqual([]);
  });

  it.each([
    'gap={6}',
    'mt="6px"',
    'px={has ? 3 : 0}',
    'fz="sm"',
    'fw={600}',
    'paddingLeft: 4 + level * 16',
    '<ActionIcon aria-label="x" size={18}',
    '<Button variant="default" size="md"',
  ])('is refused %s', (part) => {
    const source = part.startsWith('<')
      ? `${part} />`
      : part.includes(':')
        ? `<i style={{ ${part} }} />`
        : `<Group\n  ${part}\n/>`;
    expect(sizes(source)).toEqual([part]);
  });
});

it('a name that nobody defines is found; sheets, components and Mantine define names', () => {
  const sheets = [
    ':root { --gap-1: 4px; }',
    '.a { gap: var(--gap-1); width: var(--share); color: var(--mantine-color-text); fill: var(--gone); }',
  ];
  expect(unknownNames(sheets, [`style={{ '--share': 1 }}`])).toEqual(['--gone']);
});
