/** A workshop's procedures as a JSON file that people may edit by hand. The data folder uses the same form. */
import { findNodeAtLocation, getNodeValue, type Node } from 'jsonc-parser';
import { mostSequences } from '#shared/limits';
import { ownSequence, type OwnSequence, type RefusedSequence } from '#shared/model/sequence';
import { entriesOf, listPart, listText, type ListPart } from './listFile';

const mark = 'sequences';
const list = 'sequences';

export const writeSequences = (all: readonly OwnSequence[]): string => listText(mark, list, all);
/** The same as the content of a file in the data folder. */
export const sequencesPart = (all: readonly OwnSequence[]): ListPart => listPart(mark, list, all);

export type ReadSequences =
  | { readonly ok: true; readonly all: readonly OwnSequence[]; readonly refused: readonly RefusedSequence[] }
  /** Not a file of this kind; `line`: the line of the problem. */
  | { readonly ok: false; readonly line: number };

/** Reads each entry separately. A wrong one is refused with its line and reason; the others are kept. `known`: existing names. */
export function readSequences(text: string, known: readonly string[] = []): ReadSequences {
  const found = entriesOf(text, mark, list);
  if (!found.ok) return found;
  const read = new Map<string, OwnSequence>();
  const refused: RefusedSequence[] = [];
  const names = new Set(known);
  for (const { node, line } of found.entries) {
    const one = readOne(node);
    if ('reason' in one) {
      const at = one.step === null ? node : (findNodeAtLocation(node, ['steps', one.step - 1]) ?? node);
      refused.push({ ...one, line: found.lineOf(at) });
      continue;
    }
    const { name } = one;
    const at = { line, name, step: null, member: null };
    if (read.has(name)) refused.push({ ...at, reason: 'twice' });
    else if (!names.has(name) && names.size >= mostSequences) refused.push({ ...at, reason: 'tooMany' });
    else {
      names.add(name);
      read.set(name, one);
    }
  }
  return { ok: true, all: [...read.values()], refused };
}

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
