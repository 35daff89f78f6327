/**
 * Prepares Range and If-Range (RFC 9110, 13.1.5 and 14.2) for `send`. By itself, `send` refuses a
 * suffix longer than the file and ignores invalid parts of the header. It also serves ranges to
 * HEAD, and accepts a weak ETag or a later date as the same file.
 */
import type { IncomingMessage } from 'node:http';

/** Removes the Range header unless it must be served. `validators`: ETag and Last-Modified of the file. */
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

/**
 * `null`: ignore the header. Several ranges stay several; `send` answers with the whole file if it cannot merge them.
 */
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
