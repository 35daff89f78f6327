/** A workshop's own sequences as a file: JSON that a person may write by hand. The data folder keeps them in the same form. */
import { findNodeAtLocation, getNodeValue, parseTree, type Node, type ParseError } from 'jsonc-parser';
import { mostSequences } from '#shared/limits';
import { ownSequence, type OwnSequence, type RefusedSequence } from '#shared/model/sequence';

const mark = 'sequences';
const version = 1;

export function writeSequences(all: readonly OwnSequence[]): string {
  return `${JSON.stringify({ crema: mark, version, sequences: all }, null, 2)}\n`;
}

export type ReadSequences =
  | { readonly ok: true; readonly all: readonly OwnSequence[]; readonly refused: readonly RefusedSequence[] }
  /** It is no such file; `line`: where that is seen. */
  | { readonly ok: false; readonly line: number };

/** Each by itself: a wrong one is refused with its place and the reason, and costs none of the others. `known`: those that there are. */
export function readSequences(text: string, known: readonly OwnSequence[] = []): ReadSequences {
  const source = text.replace(/^\uFEFF/, '');
  const problems: ParseError[] = [];
  const root = parseTree(source, problems);
  const lineAt = (offset: number): number => source.slice(0, offset).split('\n').length;
  const [problem] = problems;
  if (root === undefined || problem !== undefined) return { ok: false, line: lineAt(problem?.offset ?? 0) };
  const isOurs = valueAt(root, 'crema') === mark && valueAt(root, 'version') === version;
  const list = findNodeAtLocation(root, ['sequences']);
  if (!isOurs || list?.type !== 'array') return { ok: false, line: lineAt(root.offset) };
  const read = new Map<string, OwnSequence>();
  const refused: RefusedSequence[] = [];
  const names = new Set(known.map(({ name }) => name));
  for (const node of list.children ?? []) {
    const found = readOne(node);
    if ('reason' in found) {
      const at = found.step === null ? node : (findNodeAtLocation(node, ['steps', found.step - 1]) ?? node);
      refused.push({ ...found, line: lineAt(at.offset) });
      continue;
    }
    const { name } = found;
    const at = { line: lineAt(node.offset), name, step: null, member: null };
    if (read.has(name)) refused.push({ ...at, reason: 'twice' });
    else if (!names.has(name) && names.size >= mostSequences) refused.push({ ...at, reason: 'tooMany' });
    else {
      names.add(name);
      read.set(name, found);
    }
  }
  return { ok: true, all: [...read.values()], refused };
}

const valueAt = (root: Node, name: string): unknown => {
  const node = findNodeAtLocation(root, [name]);
  return node === undefined ? undefined : (getNodeValue(node) as unknown);
};

function readOne(node: Node): OwnSequence | Omit<RefusedSequence, 'line'> {
  const nothing = { name: null, step: null, member: null };
  if (node.type !== 'object') return { ...nothing, reason: 'noEntry' };
  const value = getNodeValue(node) as Readonly<Record<string, unknown>>;
  const read = ownSequence.safeParse(value);
  if (read.success) return read.data;
  const name = typeof value['name'] === 'string' ? value['name'].slice(0, 60) : null;
  const [issue] = read.error.issues;
  const path = issue?.path ?? [];
  if (path[0] === 'name') return { ...nothing, reason: 'noName', member: 'name' };
  const step = path[0] === 'steps' && typeof path[1] === 'number' ? path[1] + 1 : null;
  const member = String(path.at(-1) ?? '');
  const at = { name, step, member: /^\d*$/.test(member) ? null : member };
  if (issue?.code === 'unrecognized_keys')
    return { ...at, reason: 'unknownMember', member: (issue.keys[0] ?? '').slice(0, 60) };
  if (issue?.code === 'too_big') return { ...at, reason: 'tooLong' };
  if (issue?.code === 'custom' && member === 'input') return { ...at, reason: 'wrongInput' };
  return { ...at, reason: 'wrongValue' };
}
