/** A workshop's list as a JSON file that people may edit by hand: its entries with their lines, and its text. */
import { findNodeAtLocation, getNodeValue, parseTree, type Node, type ParseError } from 'jsonc-parser';
import { visibleJson } from '#shared/visible';

const version = 1;
/** Limit of the refused entries that a window lists. No count includes the others. */
export const refusedShown = 200;

export type ListPart = Readonly<Record<string, unknown>>;
export const listPart = (mark: string, list: string, entries: readonly unknown[]): ListPart => ({
  crema: mark,
  version,
  [list]: entries,
});
export const listText = (mark: string, list: string, entries: readonly unknown[]): string =>
  `${visibleJson(JSON.stringify(listPart(mark, list, entries), null, 2))}\n`;

interface ListEntry {
  readonly node: Node;
  /** Its first line, counted from 1. */
  readonly line: number;
}
export type EntriesOf =
  | {
      readonly ok: true;
      readonly entries: readonly ListEntry[];
      /** The first line of a node inside an entry. */
      readonly lineOf: (node: Node) => number;
    }
  /** Not a file of this kind; `line`: the line of the problem. */
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

/** `undefined`: empty, or nested too deep. */
function treeOf(source: string, problems: ParseError[]): Node | undefined {
  try {
    return parseTree(source, problems);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Returns the line of an offset. Counting resumes at the last offset, so a long list is read only once. */
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
