/** Lines of the audit trail as CSV, for a spreadsheet. */
import { isGiving, type AuditEntry } from '#shared/model/audit';
import { csvText } from '../journal/files/out/exportCsv';
import type { AuditLine } from './lines';

/** In the window's language: what is not among them is written as its code. */
export type AuditWords = Readonly<Record<string, string>>;

const columns = [
  'line',
  'time',
  'user',
  'name',
  'screen',
  'act',
  'machine',
  'details',
  'result',
  'check',
] as const;

export function csvOf(
  lines: readonly Pick<AuditLine, 'line' | 'text' | 'entry' | 'fault'>[],
  words: AuditWords,
): string {
  const wordOf = (kind: string, code: string): string => words[`${kind}.${code}`] ?? code;
  const rows = lines.map(({ line, text, entry, fault }) => {
    const check = wordOf('fault', fault ?? 'none');
    if (entry === null) return [String(line), '', '', '', '', '', '', text.slice(0, 1_000), '', check];
    const { at, user, name, screen, act, vmcNo, what, refused } = entry;
    return [
      String(line),
      new Date(at).toISOString(),
      user,
      name,
      screen,
      wordOf('act', act),
      vmcNo === null ? '' : String(vmcNo),
      JSON.stringify(what),
      refused === null ? wordOf('result', resultOf(entry)) : wordOf('refused', refused.code),
      check,
    ];
  });
  return csvText([columns.map((column) => wordOf('column', column)), ...rows]);
}

/** Of a command that it was given, or how it ended: that it was asked for proves nothing. */
function resultOf({ act, what }: AuditEntry): string {
  if (isGiving(act)) return 'given';
  return act === 'commandEnded' && typeof what['state'] === 'string' ? what['state'] : 'done';
}
