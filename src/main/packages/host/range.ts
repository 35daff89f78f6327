/**
 * Range and If-Range (RFC 9110, 13.1.5 and 14.2) as `send` is given them. By itself it refuses a suffix longer than the file, passes over
 * what is wrong in a part of the header, serves ranges to HEAD, and takes a weak ETag or a later date for the same file.
 */
import type { IncomingMessage } from 'node:http';

/** Leaves in the request's headers only a range that is to be served. `validators`: ETag and Last-Modified of the file. */
export function settleRange(
  { method, headers }: IncomingMessage,
  size: number,
  validators: readonly string[],
): void {
  const { range, 'if-range': ifRange } = headers;
  const isSameFile = ifRange === undefined || validators.includes(String(ifRange));
  const wanted = method === 'GET' && isSameFile ? readable(range ?? '', size) : null;
  delete headers['if-range'];
  if (wanted === null) delete headers.range;
  else headers.range = wanted;
}

/** `null`: it is to be ignored. Several ranges stay several: `send` answers them with the whole file, where it can't join them. */
function readable(header: string, size: number): string | null {
  const set = /^bytes=(.*)$/i.exec(header.trim())?.[1] ?? '';
  const specs = set
    .split(',')
    .map((spec) => spec.trim())
    // A list may have empty members (RFC 9110, 5.6.1.2).
    .filter((spec) => spec !== '');
  if (specs.length === 0 || !specs.every(isValid)) return null;
  const within = specs.map((spec) =>
    spec.startsWith('-') ? `-${Math.min(Number(spec.slice(1)), size)}` : spec,
  );
  return `bytes=${within.join(',')}`;
}

function isValid(spec: string): boolean {
  if (/^-\d+$/.test(spec)) return true;
  const [, first, last] = /^(\d+)-(\d*)$/.exec(spec) ?? [];
  return first !== undefined && (last === '' || Number(first) <= Number(last));
}
