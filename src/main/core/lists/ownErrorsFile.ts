/** The workshop's error catalogue as a JSON file that people may edit by hand. */
import { getNodeValue, type Node } from 'jsonc-parser';
import { errorKey } from '#shared/errors/codes';
import { mostOwnErrors } from '#shared/limits';
import {
  ownErrorCode,
  ownErrorMembers,
  ownErrorSchema,
  type OwnError,
  type OwnErrors,
} from '#shared/model/ownErrors';
import type { RefusedOwnError } from '#shared/model/ownErrorsImport';
import { entriesOf, listText } from './listFile';

const mark = 'error catalogue';
const list = 'entries';

/** Sorted by code, so that files are comparable. */
export function writeOwnErrors(errors: OwnErrors): string {
  const entries = Object.entries(errors)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, entry]) => {
      const members = ownErrorMembers.flatMap((name) =>
        name in entry ? [[name, entry[name]] as const] : [],
      );
      return Object.fromEntries([['code', code] as const, ...members]);
    });
  return listText(mark, list, entries);
}

export type ReadOwnErrors =
  | { readonly ok: true; readonly entries: OwnErrors; readonly refused: readonly RefusedOwnError[] }
  /** Not a file of this kind; `line`: the line of the problem. */
  | { readonly ok: false; readonly line: number };

/** Reads each entry separately. A wrong one is refused with its line and reason; the others are kept. `known`: existing codes. */
export function readOwnErrors(text: string, known: readonly string[] = []): ReadOwnErrors {
  const found = entriesOf(text, mark, list);
  if (!found.ok) return found;
  const entries = new Map<string, OwnError>();
  const refused: RefusedOwnError[] = [];
  const codes = new Set(known);
  for (const { node, line } of found.entries) {
    const read = readEntry(node);
    if ('reason' in read) refused.push({ ...read, line });
    else if (entries.has(read.key)) refused.push({ line, code: read.key, reason: 'twice', member: null });
    else if (!codes.has(read.key) && codes.size >= mostOwnErrors)
      refused.push({ line, code: read.key, reason: 'tooMany', member: null });
    else {
      codes.add(read.key);
      entries.set(read.key, read.entry);
    }
  }
  return { ok: true, entries: Object.fromEntries(entries), refused };
}

function readEntry(
  node: Node,
): { readonly key: string; readonly entry: OwnError } | Omit<RefusedOwnError, 'line'> {
  if (node.type !== 'object') return { code: null, reason: 'noEntry', member: null };
  const { code: written, ...members } = getNodeValue(node) as Readonly<Record<string, unknown>>;
  const code = ownErrorCode.safeParse(written);
  if (!code.success) return { code: null, reason: 'noCode', member: 'code' };
  const key = errorKey(code.data);
  const read = ownErrorSchema.safeParse(members);
  if (read.success) return { key, entry: read.data };
  const [issue] = read.error.issues;
  const at = issue?.path[0];
  if (issue?.code === 'unrecognized_keys')
    return { code: key, reason: 'unknownMember', member: (issue.keys[0] ?? '').slice(0, 60) };
  if (issue?.code === 'too_big') return { code: key, reason: 'tooLong', member: String(at) };
  if (at === undefined) return { code: key, reason: 'empty', member: null };
  return { code: key, reason: 'wrongValue', member: String(at) };
}
