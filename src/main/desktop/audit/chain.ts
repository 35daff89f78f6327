/**
 * A line of the audit trail is a JSON object. Its last member is the SHA-256, in hex, of all text before that member; `prev` is the hash of
 * the line before. A change, removal or move of a line therefore requires new hashes in all later lines, and an older copy reveals it.
 */
import { createHash } from 'node:crypto';
import { auditEntrySchema, type AuditEnd, type AuditEntry, type AuditRow } from '#shared/model/audit';
import { visibleJson } from '#shared/visible';

const sealForm = /^(\{.*),"hash":"([0-9a-f]{64})"\}$/s;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The line, without a line break. */
export function sealed(entry: AuditEntry): { readonly line: string; readonly hash: string } {
  const text = visibleJson(JSON.stringify(entry)).slice(0, -1);
  const hash = sha256(text);
  return { line: `${text},"hash":"${hash}"}`, hash };
}

export const chainBegin: AuditEnd = { n: 0, hash: '' };

export interface CheckedLine extends Omit<AuditRow, 'line'> {
  /** The chain's end for the next line. An unreadable line does not advance it. */
  readonly end: AuditEnd;
}

/** Parses a line and verifies that it follows from the one before. */
export function checkLine(line: string, before: AuditEnd): CheckedLine {
  const [, text, hash] = sealForm.exec(line) ?? [];
  const entry = text === undefined ? null : readEntry(`${text}}`);
  if (entry === null || text === undefined || hash === undefined)
    return { entry: null, fault: 'unreadable', end: before };
  const end = { n: entry.n, hash };
  if (sha256(text) !== hash) return { entry, fault: 'changed', end };
  return { entry, fault: entry.prev === before.hash && entry.n === before.n + 1 ? null : 'missing', end };
}

function readEntry(text: string): AuditEntry | null {
  try {
    const read = auditEntrySchema.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
