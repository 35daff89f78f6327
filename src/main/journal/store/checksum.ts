/** Checksums of stored rows. SQLite has none, so a flipped bit would look like data from a machine. */
import { crc32 } from 'node:zlib';
import { whatOf, type EntryFields } from '../client/packed';
import { numberOrNull, textOrNull, type Column, type Row } from './columns';

/** Added to the checksum of an entry if its number does not follow the previous entry's. */
const afterGap = 2 ** 32;

/**
 * All columns of an entry except its bytes, then its bytes if they fit. One call
 * covers all: a call costs as much as some hundred bytes.
 */
const fieldsEnd = 64;
const scratch = new Uint8Array(4_096);
const fields = new DataView(scratch.buffer);
const none = 0xff_ff_ff_ff;

/** Checksums of command names, which are few. */
const cmdSums = new Map<string, number>();
const mostCmds = 1_000;

function cmdSum(cmd: string): number {
  let sum = cmdSums.get(cmd);
  if (sum === undefined) {
    if (cmdSums.size >= mostCmds) cmdSums.clear();
    cmdSums.set(cmd, (sum = crc32(cmd)));
  }
  return sum;
}

export function entrySum(entry: EntryFields, previous: number): number {
  const { id, bytes, cmd, detail } = entry;
  const gap = id === previous + 1 ? 0 : 1;
  fields.setFloat64(0, id, true);
  fields.setFloat64(8, entry.at, true);
  fields.setFloat64(16, entry.conn, true);
  fields.setFloat64(24, entry.vmcNo ?? -1, true);
  fields.setFloat64(32, entry.sequence ?? -1, true);
  fields.setFloat64(40, entry.bodyStart, true);
  fields.setInt32(48, entry.what * 2 + gap, true);
  fields.setUint32(52, bytes.length, true);
  fields.setUint32(56, cmd === null ? none : cmdSum(cmd), true);
  fields.setUint32(60, detail === null ? none : crc32(detail), true);
  const end = fieldsEnd + bytes.length;
  if (end > scratch.length) return crc32(bytes, crc32(scratch.subarray(0, fieldsEnd))) + gap * afterGap;
  scratch.set(bytes, fieldsEnd);
  return crc32(scratch.subarray(0, end)) + gap * afterGap;
}

const noBytes = new Uint8Array();

/** SQLite reads null for the columns after the end of a damaged header. */
const hasItsBytes = ({ kind, bytes }: Row): boolean =>
  bytes instanceof Uint8Array || (kind !== 'frame' && kind !== 'junk');

/** Accepts rows without a checksum: an earlier version wrote them. */
export function isSoundEntry(row: Row): boolean {
  const sum = row['checksum'];
  if (sum === null || sum === undefined) return hasItsBytes(row);
  const entry = {
    id: Number(row['id']),
    at: Number(row['at']),
    conn: Number(row['conn']),
    vmcNo: numberOrNull(row['vmc_no']),
    sequence: numberOrNull(row['sequence']),
    bodyStart: Number(row['body_start']),
    what: whatOf(row['kind'], row['dir'], row['head']),
    cmd: textOrNull(row['cmd']),
    bytes: row['bytes'] instanceof Uint8Array ? row['bytes'] : noBytes,
    detail: textOrNull(row['detail']),
  };
  return isSound(entry, sum);
}

/** Whether this is its checksum. */
export const isSound = (entry: EntryFields, sum: unknown): boolean =>
  typeof sum === 'number' && entrySum(entry, sum >= afterGap ? entry.id : entry.id - 1) === sum;

/** Entries before it may be missing, because they never were in this journal. */
const followsGap = (row: Row): boolean => typeof row['checksum'] !== 'number' || row['checksum'] >= afterGap;

/** Detects entries missing between two others. Reads in either order. */
export class MissingEntries {
  readonly #found: (id: number) => void;
  #last: Row | null = null;

  constructor(found: (id: number) => void) {
    this.#found = found;
  }

  next(row: Row): void {
    const last = this.#last;
    this.#last = row;
    if (last === null) return;
    const isForward = Number(last['id']) < Number(row['id']);
    const [older, newer] = isForward ? [last, row] : [row, last];
    const missing = Number(newer['id']) - 1;
    if (missing > Number(older['id']) && !followsGap(newer) && isSoundEntry(newer)) this.#found(missing);
  }

  /** Call this after skipping entries. */
  forget(): void {
    this.#last = null;
  }
}

/** Checksummed columns of the other tables, in order. */
export const summedColumns = {
  owners: ['entry', 'vmc_no'],
  marks: ['entry', 'marked', 'note'],
  machines: ['vmc_no', 'entry', 'state'],
  faults: [
    'id',
    'vmc_no',
    'code',
    'description',
    'set_at',
    'cleared_at',
    'cleared_entry',
    'cleared_by',
    'times',
    'is_fatal',
    'is_persistent',
  ],
  orders: ['id', 'vmc_no', 'order_no', 'at', 'done_times', 'last_done', 'body'],
  commands: ['id', 'vmc_no', 'name', 'state', 'body'],
  diagnoses: ['id', 'vmc_no', 'until', 'body'],
  runs: ['id', 'ended_at', 'body'],
  run_lines: ['id', 'run', 'body'],
  originals: ['entry', 'last', 'number', 'journal'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Returns the columns with their checksum appended. */
export const summed = (...columns: readonly Column[]): readonly Column[] => [
  ...columns,
  crc32(JSON.stringify(columns)),
];

/** Like `isSoundEntry`. */
export function isSoundRow(row: Row, columns: readonly string[]): boolean {
  const sum = row['checksum'];
  if (sum === null || sum === undefined) return true;
  try {
    return crc32(JSON.stringify(columns.map((name) => row[name]))) === sum;
  } catch {
    // A bigint; Crema writes none.
    return false;
  }
}
