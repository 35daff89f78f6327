/** The messages of `npm run journal`, in English. */
import type { PassedOver, PassedOverReason } from '#shared/model/capture';
import { passedOverReasons } from '#shared/model/capture';
import { CaptureError, type CaptureErrorCode } from '../../core/captures/types';

/** An error that the user can correct; shown without a stack. */
export class Problem extends Error {}

const reasons: Readonly<Record<PassedOverReason, string>> = {
  unknownLink: 'packets of a kind of network that is not known',
  notIp: 'packets that are not IP',
  short: 'packets with too few recorded bytes',
  notTcp: 'packets that are not TCP',
  fragment: 'IP fragments',
  badLine: 'lines that are not entries',
  noData: 'connections without data, such as refused ones',
  otherConnections: 'connections with another protocol',
};

export function passedOverLines(passedOver: PassedOver): readonly string[] {
  return passedOverReasons.flatMap((reason) => {
    const times = passedOver[reason] ?? 0;
    return times === 0 ? [] : [`passed over: ${reasons[reason]}, ${times}`];
  });
}

/** `null`: the error's own message is shown. */
const captureFailures: Readonly<Record<CaptureErrorCode, string | null>> = {
  notACapture: 'This is not a pcap, pcapng or JSONL file.',
  notJsonl: 'This is not a JSONL file of Crema.',
  packed: null,
  emptyFile: null,
  changed: 'The file was overwritten or shortened while it was read. Read it again.',
  tooManyInterfaces:
    'The file lists more network interfaces than any capture program writes. Open it in Wireshark and save it again.',
  tooManyConnections: 'The file has too many connections. Split it with editcap and read the parts.',
  tooManyNotes: 'Too many packets or lines have comments. Remove the comments in Wireshark and try again.',
};

/** Messages for error codes that the user can act on. */
const failures: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'There is no such file or folder.'],
  ['EACCES', 'There is no permission to do that.'],
  ['EPERM', 'There is no permission to do that.'],
  ['EROFS', 'The disk is read-only.'],
  ['ENOSPC', 'The disk is full.'],
  ['EDQUOT', 'The disk is full.'],
  ['EPIPE', 'Nobody reads what is written.'],
  ['EISDIR', 'That is a folder, not a file.'],
  ['ENOTDIR', 'That is a file, not a folder.'],
  ['EEXIST', 'The journal itself can’t be written over.'],
  ['SQLITE_FULL', 'The disk is full.'],
  ['SQLITE_READONLY', 'The journal’s folder can’t be written to.'],
  [
    'SQLITE_CANTOPEN',
    'The journal can’t be opened: is there permission to read it, and to write to its folder?',
  ],
  ['SQLITE_BUSY', 'The journal is busy.'],
  ['SQLITE_NOTADB', 'This is not a journal.'],
  ['SQLITE_CORRUPT', 'The journal is damaged.'],
]);

export function failureMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof CaptureError) return captureFailures[error.code] ?? error.message;
  const [message] = codesOf(error).flatMap((code) => failures.get(code) ?? []);
  return message === undefined ? error.message : `${message} (${error.message})`;
}

/** Node's code, or SQLite's, extended and primary. */
function codesOf(error: Error): readonly string[] {
  const sqlite = 'sqliteCodeName' in error ? String(error.sqliteCodeName) : null;
  const code = sqlite ?? ('code' in error ? String(error.code) : '');
  return [code, code.split('_').slice(0, 2).join('_')];
}

/** "1 entry", "1234 entries". */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
