/** The workshop's own entries of the catalogue of error codes as a file: JSON that a person may write by hand. */
import { findNodeAtLocation, getNodeValue, parseTree, type Node, type ParseError } from 'jsonc-parser';
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

const mark = 'error catalogue';
const version = 1;

/** Sorted by code, so that two files can be compared. */
export function writeOwnErrors(errors: OwnErrors): string {
  const entries = Object.entries(errors)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, entry]) => {
      const said = ownErrorMembers.flatMap((name) => (name in entry ? [[name, entry[name]] as const] : []));
      return Object.fromEntries([['code', code] as const, ...said]);
    });
  return `${JSON.stringify({ crema: mark, version, entries }, null, 2)}\n`;
}

export type ReadOwnErrors =
  | { readonly ok: true; readonly entries: OwnErrors; readonly refused: readonly RefusedOwnError[] }
  /** It is no such file; `line`: where that is seen. */
  | { readonly ok: false; readonly line: number };

/** Each entry by itself: a wrong one is refused with its place and the reason, and costs none of the others. `known`: those that there are. */
export function readOwnErrors(text: string, known: OwnErrors = {}): ReadOwnErrors {
  const source = text.replace(/^\uFEFF/, '');
  const problems: ParseError[] = [];
  const root = parseTree(source, problems);
  const lineAt = (offset: number): number => source.slice(0, offset).split('\n').length;
  const [problem] = problems;
  if (root === undefined || problem !== undefined) return { ok: false, line: lineAt(problem?.offset ?? 0) };
  const isOurs = valueAt(root, 'crema') === mark && valueAt(root, 'version') === version;
  const list = findNodeAtLocation(root, ['entries']);
  if (!isOurs || list?.type !== 'array') return { ok: false, line: lineAt(root.offset) };
  const entries = new Map<string, OwnError>();
  const refused: RefusedOwnError[] = [];
  const room = (key: string): boolean =>
    Object.hasOwn(known, key) ||
    Object.keys(known).length + [...entries.keys()].filter((one) => !Object.hasOwn(known, one)).length <
      mostOwnErrors;
  for (const node of list.children ?? []) {
    const read = readEntry(node);
    const line = lineAt(node.offset);
    if ('reason' in read) refused.push({ ...read, line });
    else if (entries.has(read.key)) refused.push({ line, code: read.key, reason: 'twice', member: null });
    else if (!room(read.key)) refused.push({ line, code: read.key, reason: 'tooMany', member: null });
    else entries.set(read.key, read.entry);
  }
  return { ok: true, entries: Object.fromEntries(entries), refused };
}

const valueAt = (root: Node, name: string): unknown => {
  const node = findNodeAtLocation(root, [name]);
  return node === undefined ? undefined : (getNodeValue(node) as unknown);
};

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
