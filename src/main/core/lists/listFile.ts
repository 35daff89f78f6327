/** A list of a workshop's own as a file of JSON that a person may write by hand: its entries with their places, and its text. */
import { findNodeAtLocation, getNodeValue, parseTree, type Node, type ParseError } from 'jsonc-parser';

const version = 1;
/** A window lists so many; what more was refused is in none of the counts. */
export const refusedShown = 200;

export type ListPart = Readonly<Record<string, unknown>>;
export const listPart = (mark: string, list: string, entries: readonly unknown[]): ListPart => ({
  crema: mark,
  version,
  [list]: entries,
});
export const listText = (mark: string, list: string, entries: readonly unknown[]): string =>
  `${JSON.stringify(listPart(mark, list, entries), null, 2)}\n`;

interface ListEntry {
  readonly node: Node;
  /** Where it begins, counted from 1. */
  readonly line: number;
}
export type EntriesOf =
  | {
      readonly ok: true;
      readonly entries: readonly ListEntry[];
      /** Where something within one begins. */
      readonly lineOf: (node: Node) => number;
    }
  /** It is no such file; `line`: where that is seen. */
  | { readonly ok: false; readonly line: number };

export function entriesOf(text: string, mark: string, list: string): EntriesOf {
  const source = text.replace(/^\uFEFF/, '');
  const problems: ParseError[] = [];
  const root = treeOf(source, problems);
  const lineAt = linesOf(source);
  const [problem] = problems;
  if (root === undefined || problem !== undefined) return { ok: false, line: lineAt(problem?.offset ?? 0) };
  const found = findNodeAtLocation(root, [list]);
  const isOurs = valueAt(root, 'crema') === mark && valueAt(root, 'version') === version;
  if (!isOurs || found?.type !== 'array') return { ok: false, line: lineAt(root.offset) };
  const lineOf = ({ offset }: Node): number => lineAt(offset);
  return { ok: true, entries: (found.children ?? []).map((node) => ({ node, line: lineOf(node) })), lineOf };
}

/** `undefined`: it has none, or is nested deeper than can be read. */
function treeOf(source: string, problems: ParseError[]): Node | undefined {
  try {
    return parseTree(source, problems);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Gives the line of an offset. Counting resumes at the last offset: a long list is read once, not once for each entry. */
function linesOf(source: string): (offset: number) => number {
  const first = source.indexOf('\n');
  let [last, line, next] = [0, 1, first];
  return (offset) => {
    if (offset < last) [line, next] = [1, first];
    last = offset;
    while (next >= 0 && next < offset) {
      line += 1;
      next = source.indexOf('\n', next + 1);
    }
    return line;
  };
}

const valueAt = (root: Node, name: string): unknown => {
  const node = findNodeAtLocation(root, [name]);
  return node === undefined ? undefined : (getNodeValue(node) as unknown);
};
