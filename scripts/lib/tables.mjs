import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filesBelow } from './files.mjs';
import { root } from './paths.mjs';

/** A constant whose type has any text as a key, with members of its own: `toString` is found in it too. */
const openTable =
  /\b(?:const|let|static|readonly)\s+(#?\w+)\s*:\s*(?:(?:Readonly|Partial)<\s*)*(?:Record<\s*string\b|\{\s*(?:readonly\s+)?\[\s*\w+\s*:\s*string\s*\])[^;]*?[^=!<>]=\s*\{(?!\s*\})/g;
/** An object that is asked where it is written: `{ a: 1 }[key]`. */
const askedInPlace = /:\s*[^{};]+\}\[([a-z]\w*)\]/g;

/**
 * Tables in which a lookup finds names that are not rows: every object has a `toString`, and a machine can send that name.
 * A `Map`, or a type with named keys, has only its own rows. An object that is filled later is not a table.
 * @param {string} source
 * @returns {{ line: number, name: string }[]}
 */
export function openTables(source) {
  /** @type {(index: number) => number} */
  const lineAt = (index) => source.slice(0, index).split('\n').length;
  const tables = [...source.matchAll(openTable)].map(({ index, 1: name = '' }) => ({
    line: lineAt(index),
    name,
  }));
  const asked = [...source.matchAll(askedInPlace)].map(({ index, 0: text, 1: name = '' }) => ({
    line: lineAt(index + text.length),
    name,
  }));
  return [...tables.filter(({ name }) => !new RegExp(`\\b${name}\\[[^\\]]+\\] = `).test(source)), ...asked];
}

/** The step of `npm run check`. @returns {Promise<{ code: number, output: string }>} */
export async function checkTables() {
  const files = (await filesBelow(root, 'src')).filter((file) => /\.tsx?$/.test(file));
  const found = await Promise.all(
    files.map(async (file) =>
      openTables(await readFile(join(root, file), 'utf8')).map(
        ({ line, name }) => `${file}:${line}: ${name}`,
      ),
    ),
  );
  const all = found.flat();
  return {
    code: all.length > 0 ? 1 : 0,
    output: `Tables that any text may be looked up in; make it a Map, or name the keys:\n  ${all.join('\n  ')}`,
  };
}
