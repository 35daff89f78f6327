/** Locates the rows of a table in a damaged file, including leaves that a damaged branch no longer references. */
import type { DatabasePages } from './pages';
import { childOf, idIn, readPage, rowIn, Unreadable, type Page, type StoredRow } from './records';

export interface Leaf {
  readonly page: number;
  /** The id of a row in the leaf. A single damaged id is never used. */
  readonly id: number;
}

/** Leaves of a table or an index in order; `null`: an unreadable page and everything below it. */
export function* leavesOf(
  pages: DatabasePages,
  root: number,
  order: 'oldestFirst' | 'newestFirst' = 'oldestFirst',
  seen = new Set<number>(),
): Generator<Page | null> {
  const page = seen.has(root) ? null : readPage(pages, root);
  seen.add(root);
  if (page?.kind === 'leaf' || page?.kind === 'indexLeaf') yield page;
  else if (page === null) yield null;
  else {
    const children = childrenOf(page);
    for (const child of order === 'oldestFirst' ? children : children.toReversed())
      yield* leavesOf(pages, child, order, seen);
  }
}

function childrenOf(page: Page): readonly number[] {
  return [...page.cells.flatMap((cell) => attempt(() => childOf(page, cell)) ?? []), page.last];
}

/** `null`: unreadable. */
export function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}

/** Scans the whole file in small steps. */
export class TableLeaves {
  readonly #pages: DatabasePages;
  readonly #root: number;
  readonly #isRow: (row: StoredRow) => boolean;
  readonly #branches = new Map<number, readonly number[]>();
  readonly #leaves: Leaf[] = [];
  #next = 1;

  /** `isRow`: true if a row can belong to the table. */
  constructor(pages: DatabasePages, root: number, isRow: (row: StoredRow) => boolean) {
    this.#pages = pages;
    this.#root = root;
    this.#isRow = isRow;
  }

  /** Scanned share of the file, from 0 to 1. */
  get share(): number {
    return Math.min(1, (this.#next - 1) / Math.max(1, this.#pages.count));
  }

  /** Scans pages until `until` (as performance.now()). Returns true when all pages are scanned. */
  scan(until: number): boolean {
    for (; this.#next <= this.#pages.count; this.#next += 1) {
      if ((this.#next & 15) === 0 && performance.now() >= until) return false;
      const page = readPage(this.#pages, this.#next);
      if (page?.kind === 'branch') this.#branches.set(this.#next, childrenOf(page));
      else if (page?.kind === 'leaf') this.#keep(this.#next, page);
    }
    return true;
  }

  /** Leaves in row order. Call this after `scan`. */
  inOrder(): readonly Leaf[] {
    const reached = this.#reached();
    const free = freePages(this.#pages);
    return this.#leaves
      .filter(({ page }) => reached.has(page) || (!free.has(page) && this.#isOfTable(page)))
      .toSorted((a, b) => a.id - b.id);
  }

  #keep(number: number, page: Page): void {
    const { cells } = page;
    const some = [cells[0], cells[cells.length >>> 1], cells.at(-1)];
    const ids = some.flatMap((cell) => attempt(() => (cell === undefined ? null : idIn(page, cell))) ?? []);
    const id = ids.toSorted((a, b) => a - b)[ids.length >>> 1];
    if (id !== undefined) this.#leaves.push({ page: number, id });
  }

  #reached(): ReadonlySet<number> {
    const reached = new Set<number>();
    const open = [this.#root];
    for (let page = open.pop(); page !== undefined; page = open.pop()) {
      if (reached.has(page)) continue;
      reached.add(page);
      open.push(...(this.#branches.get(page) ?? []));
    }
    return reached;
  }

  #isOfTable(number: number): boolean {
    const page = readPage(this.#pages, number);
    if (page === null) return false;
    const rows = page.cells.map((cell) => attempt(() => rowIn(this.#pages, page, cell)));
    const whole = rows.filter((row) => row !== null && this.#isRow(row));
    return whole.length > rows.length / 2;
  }
}

/** Free pages. They still contain deleted rows. */
function freePages(pages: DatabasePages): ReadonlySet<number> {
  const free = new Set<number>();
  let trunk = pages.page(1)?.readUInt32BE(32) ?? 0;
  while (trunk !== 0 && !free.has(trunk)) {
    const page = pages.page(trunk);
    if (page === null) break;
    free.add(trunk);
    const count = Math.min(page.readUInt32BE(4), pages.size / 4 - 2);
    for (let i = 0; i < count; i += 1) free.add(page.readUInt32BE(8 + 4 * i));
    trunk = page.readUInt32BE(0);
  }
  return free;
}
