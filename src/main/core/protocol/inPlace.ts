/** Changes values of a body in place. All other bytes stay: spelling, blanks, mistakes and encodings. */
import { Buffer } from 'node:buffer';
import type { Path } from '#shared/body/positions';
import { fieldOf } from '#shared/messages/lookup';
import type { Direction } from '#shared/model/frame';

/** In bytes; the end is exclusive. `fresh`: ASCII. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly fresh: string;
}

export function spliced(body: Uint8Array, edits: readonly Edit[]): Uint8Array {
  if (edits.length === 0) return body;
  const pieces: Uint8Array[] = [];
  let done = 0;
  for (const { from, to, fresh } of edits.toSorted((a, b) => a.from - b.from)) {
    pieces.push(body.subarray(done, from), Buffer.from(fresh, 'latin1'));
    done = to;
  }
  return Buffer.concat([...pieces, body.subarray(done)]);
}

/** JSON whose bytes are the same in every encoding of a body. */
export const inAscii = (json: string): string =>
  json.replaceAll(/[^\0-\x7F]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Whether a member of a message is its sign. */
export const isSign = (cmd: string | null, path: Path, dir: Direction): boolean =>
  path.length === 1 && fieldOf(cmd, String(path[0]), dir)?.secrecy === 'sign';
