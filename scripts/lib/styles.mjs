import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import postcss from 'postcss';
import { filesBelow } from './files.mjs';
import { root } from './paths.mjs';

const folder = 'src/renderer/src';
/** The only sheet with values of its own. */
const tokens = `${folder}/tokens.css`;

const gap = String.raw`var\(--(?:gap-[1-5]|control|target|label)\)`;
const calculated = String.raw`calc\((?:${gap}|var\(--(?:level|row)\)|[\d.]+|[-+*/\s])+\)`;
const spacing = new RegExp(String.raw`^(?:0|auto|inherit|[\d.]+ch|${gap}|${calculated})$`);

/** The allowed values of properties. @type {readonly { of: RegExp, parts?: true, may: RegExp }[]} */
const rules = [
  { of: /^(?:row-|column-)?gap$|^(?:padding|margin)(?:-|$)/, parts: true, may: spacing },
  { of: /^font-size$/, may: /^(?:inherit|var\(--text-[a-z]+\))$/ },
  { of: /^font-weight$/, may: /^(?:inherit|400|var\(--bold\))$/ },
  { of: /^border(?:-[a-z]+)*-radius$/, parts: true, may: /^(?:0|inherit|50%|var\(--radius(?:-round)?\))$/ },
  // Between a line and a pane stand controls and rows.
  { of: /^(?:min-)?height$/, may: /^(?!(?:9|[1-3]\d|4[0-3])(?:\.\d+)?px$)/ },
  { of: /./, may: /^(?!.*(?:#[\da-f]{3,8}\b|\brgba?\(|\bhsla?\())/i },
];

/** Spaces inside parentheses do not separate. @param {string} value */
const partsOf = (value) => value.match(/(?:[^\s(]|\((?:[^()]|\([^()]*\))*\))+/g) ?? [];

/** @param {import('postcss').Node | undefined} node @returns {boolean} */
const isOnPaper = (node) =>
  node !== undefined &&
  ((node.type === 'atrule' && /\bprint\b/.test(/** @type {import('postcss').AtRule} */ (node).params)) ||
    isOnPaper(node.parent));

/** @param {import('postcss').Declaration} decl */
const isOwn = (decl) =>
  rules
    .filter(({ of }) => of.test(decl.prop))
    .some(({ parts, may }) => (parts ? partsOf(decl.value) : [decl.value]).some((one) => !may.test(one)));

/** A wash in a panel without a border: its contrast to the panel is too low. @param {import('postcss').Declaration} decl */
const isUnseen = ({ prop, value, parent }) => {
  const others = new Set(parent?.nodes.map((node) => (node.type === 'decl' ? node.prop : '')));
  const isWash = prop === 'background' && value.startsWith('var(--wash-');
  return isWash && others.has('border-radius') && !others.has('border');
};

/**
 * Declarations of a style sheet with values of their own. A sheet on paper has other sizes.
 * @param {string} css
 * @returns {{ line: number, text: string }[]}
 */
export function ownValues(css) {
  /** @type {{ line: number, text: string }[]} */
  const found = [];
  postcss.parse(css).walkDecls((decl) => {
    if (isOnPaper(decl)) return;
    const line = decl.source?.start?.line ?? 0;
    if (isOwn(decl)) found.push({ line, text: decl.toString() });
    if (isUnseen(decl)) found.push({ line, text: `${decl.toString()} without a border` });
  });
  return found;
}

const spaces =
  /\s(?:gap|[mp][trblxy]?)=(?:\{(?!0\})[^}'"]*\d[^}'"]*\}|"(?!(?:xs|sm|md|lg|xl|0|auto|var\(--label\))")[^"]*")/g;
const type = /\s(?:fz|fw)=(?:\{[^}]*\}|"[^"]*")/g;
const inStyle = /\b(?:fontSize|fontWeight|gap|padding\w*|margin\w*): *[^,}]*\d[^,}]*/g;
const control = /<(?:Button|ActionIcon|CloseButton)\b[^<>]*?\ssize=(?:\{\d+\}|"(?:sm|md|lg|xl)")/g;

/**
 * Sizes in components that are not the common ones.
 * @param {string} source
 * @returns {{ line: number, text: string }[]}
 */
export function ownSizes(source) {
  return [spaces, type, inStyle, control]
    .flatMap((pattern) => Array.from(source.matchAll(pattern)))
    .map(({ index, 0: text }) => ({
      line: source.slice(0, index + text.length).split('\n').length,
      text: text.trim().replaceAll(/\s+/g, ' '),
    }))
    .toSorted((a, b) => a.line - b.line);
}

/**
 * Names of custom properties that a sheet uses and no sheet or component defines.
 * @param {readonly string[]} sheets @param {readonly string[]} components
 */
export function unknownNames(sheets, components) {
  const defined = new Set([
    ...sheets.flatMap((css) => [...css.matchAll(/(?<=[\s{;])(--[\w-]+)\s*:/g)].map(([, name]) => name)),
    ...components.flatMap((source) => [...source.matchAll(/'(--[\w-]+)'/g)].map(([, name]) => name)),
  ]);
  const used = sheets.flatMap((css) => [...css.matchAll(/var\((--[\w-]+)/g)].map(([, name = '']) => name));
  return [...new Set(used)].filter((name) => !name.startsWith('--mantine-') && !defined.has(name)).toSorted();
}

/** The step of `npm run check`. @returns {Promise<{ code: number, output: string }>} */
export async function checkStyles() {
  const files = (await filesBelow(root, folder)).filter((file) => /\.(?:css|tsx?)$/.test(file));
  const read = await Promise.all(
    files.map(async (file) => ({ file, text: await readFile(join(root, file), 'utf8') })),
  );
  const sheets = read.filter(({ file }) => file.endsWith('.css'));
  const components = read.filter(({ file }) => !file.endsWith('.css'));
  const named =
    (/** @type {string} */ file) =>
    (/** @type {{ line: number, text: string }} */ { line, text }) =>
      `${file}:${line}: ${text}`;
  const wrong = [
    ...sheets
      .filter(({ file }) => file !== tokens)
      .flatMap(({ file, text }) => ownValues(text).map(named(file))),
    ...components.flatMap(({ file, text }) => ownSizes(text).map(named(file))),
    ...unknownNames(
      sheets.map(({ text }) => text),
      components.map(({ text }) => text),
    ).map((name) => `${name} is defined nowhere`),
  ];
  return {
    code: wrong.length > 0 ? 1 : 0,
    output: `Values other than those of tokens.css:\n  ${wrong.join('\n  ')}`,
  };
}
