/** Reads a body with mistakes, or the beginning of a body: a list has no more of a long one. */
import { objectOf, type JsonObject } from '../model/json';
import { literal, pathId, scan } from './positions';

/** `whole`: complete, valid JSON. Truncated values are left out. */
export function readBeginning(text: string): { readonly json: JsonObject; readonly whole: boolean } {
  const whole = objectOf(text);
  if (whole !== null) return { json: whole, whole: true };
  const json = {};
  const holders = new Map<string, object>([[pathId([]), json]]);
  for (const { path, value } of scan(text)) {
    const holder = holders.get(pathId(path.slice(0, -1)));
    const name = path.at(-1);
    const read = valueOf(text.slice(value.from, value.to), value.to === text.length);
    if (holder === undefined || name === undefined || read === undefined) continue;
    // defineProperty, so that `__proto__` is an ordinary member.
    Object.defineProperty(holder, name, {
      value: read,
      enumerable: true,
      writable: true,
      configurable: true,
    });
    if (typeof read === 'object' && read !== null) holders.set(pathId(path), read);
  }
  return { json, whole: false };
}

/** `isLast`: a number at the end of the text may be truncated. */
function valueOf(raw: string, isLast: boolean): unknown {
  if (raw.startsWith('{')) return {};
  if (raw.startsWith('[')) return [];
  return isLast && !raw.endsWith('"') ? undefined : literal(raw);
}
