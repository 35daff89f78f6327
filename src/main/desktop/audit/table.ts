/** Lines of the audit trail as CSV, for a spreadsheet. */
import { isGiving, type AuditEntry } from '#shared/model/audit';
import type { AuditLine } from './lines';

/** Texts in the window's language. A missing text is replaced with its code. */
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

const wordOf = (words: AuditWords, kind: string, code: string): string => words[`${kind}.${code}`] ?? code;

export const csvHead = (words: AuditWords): readonly string[] =>
  columns.map((column) => wordOf(words, 'column', column));

export function csvRow(
  { line, text, entry, fault }: Pick<AuditLine, 'line' | 'text' | 'entry' | 'fault'>,
  words: AuditWords,
): readonly string[] {
  const check = wordOf(words, 'fault', fault ?? 'none');
  if (entry === null) return [String(line), '', '', '', '', '', '', text.slice(0, 1_000), '', check];
  const { at, user, name, screen, act, vmcNo, what, refused } = entry;
  return [
    String(line),
    new Date(at).toISOString(),
    user,
    name,
    screen,
    wordOf(words, 'act', act),
    vmcNo === null ? '' : String(vmcNo),
    JSON.stringify(what),
    refused === null ? wordOf(words, 'result', resultOf(entry)) : wordOf(words, 'refused', refused.code),
    check,
  ];
}

/** Commands show that they were given, or how they ended: a request alone proves nothing. */
function resultOf({ act, what }: AuditEntry): string {
  if (isGiving(act)) return 'given';
  return act === 'commandEnded' && typeof what['state'] === 'string' ? what['state'] : 'done';
}
