/**
 * Groups the entries that a filter accepts. Reads only entries whose values or verdict the index does not have.
 * The list, the count and the groups find the same entries.
 */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { frameTest } from '#shared/filter/frames';
import type { FilterFacts } from '#shared/filter/language/facts';
import {
  numberReader,
  valueReader,
  type KnownLogin,
  type ValueFacts,
  type ValueName,
} from '#shared/filter/values';
import type { GroupTable } from '#shared/model/groups';
import type { Mark } from '#shared/model/journal';
import type { Row } from '../store/columns';
import { whereOf } from '../index/conditions';
import { entryOf } from '../store/entries';
import { Originals } from '../store/originals';
import { entryColumns } from '../store/owners';
import type { Sizes } from '../index/sizes';
import { Judge, Known, type Question } from '../index/verdicts';
import { budget, factsOf, newestEntry } from './frames';
import { Logins } from './logins';
import { atOneMoment, BlockMatcher, Ranges, stretches, type Range, type Stretch } from './reading';
import { TimesReader } from './timesOf';

export interface GroupQuery extends Question {
  readonly by: readonly ValueName[];
  /** Numbers whose statistics are computed for each group. */
  readonly stats: readonly ValueName[];
}

/** A running group query. It is continued slice by slice. */
export interface Grouping {
  readonly query: GroupQuery;
  readonly table: GroupTable;
  readonly logins: Logins | null;
  /** The newest entry at the start. Later ones are not grouped. */
  readonly newest: number;
  /** The last entry that is done. */
  done: number;
}

export function beginGroups(
  db: DatabaseSyncInstance,
  sizes: Sizes,
  query: GroupQuery,
  table: GroupTable,
): Grouping {
  const needsLogins = [...query.by, ...query.stats].some(
    ({ kind, ...name }) =>
      kind === 'own' && 'name' in name && (name.name === 'version' || name.name === 'platform'),
  );
  const logins = needsLogins ? new Logins(db, sizes) : null;
  return { query, table, logins, newest: newestEntry(db), done: 0 };
}

/** Continues for about 40 ms. Returns whether entries remain. */
export function continueGroups(
  db: DatabaseSyncInstance,
  sizes: Sizes,
  grouping: Grouping,
  marks: ReadonlyMap<number, Mark>,
): boolean {
  return atOneMoment(db, () => nextSlice(db, sizes, grouping, marks));
}

/** The facts of one entry at a time. */
class Adder {
  readonly #by: readonly ReturnType<typeof valueReader>[];
  readonly #stats: readonly NonNullable<ReturnType<typeof numberReader>>[];
  readonly #table: GroupTable;

  constructor({ query, table }: Grouping) {
    this.#by = query.by.map(valueReader);
    this.#stats = query.stats.flatMap((name) => numberReader(name) ?? []);
    this.#table = table;
  }

  /** Returns false, and adds nothing, if `isKnown` then says that a fact was missing. */
  add(facts: ValueFacts, id: number, isKnown: () => boolean): boolean {
    const values = this.#by.map((read) => read(facts));
    const numbers = this.#stats.map((read) => read(facts));
    const { at } = facts;
    if (!isKnown()) return false;
    this.#table.add(id, at, values, numbers);
    return true;
  }
}

function nextSlice(
  db: DatabaseSyncInstance,
  sizes: Sizes,
  grouping: Grouping,
  marks: ReadonlyMap<number, Mark>,
): boolean {
  const { query, logins, newest } = grouping;
  const { filter, now, names } = query;
  const test = frameTest(filter, now);
  // The window and main have already parsed the filter. An invalid filter accepts nothing.
  if (!test.ok) return false;
  const originals = new Originals(db);
  const needs = originals.needs(test.needs);
  const where = whereOf(needs);
  const rows = db.prepare(`SELECT ${entryColumns} FROM entries WHERE id >= ? AND id < ?${where.sql}`);
  const around = { names, marks, times: new TimesReader(db, sizes) };
  const { peerOf } = around.times;
  const matcher = new BlockMatcher(db, sizes, new Judge(test, query, marks), around.times);
  const known = new IndexFacts(names, marks.size === 0);
  const adder = new Adder(grouping);
  const loginAt = (conn: number, id: number): KnownLogin | null => logins?.at(conn, id) ?? null;
  const read = (ranges: readonly Range[], isAsked: (id: number) => boolean = () => true): void => {
    for (const { from, top } of ranges)
      for (const row of rows.iterate(from, top, ...where.values) as Iterable<Row>) {
        if (!isAsked(Number(row['id']))) continue;
        const stored = entryOf(row);
        const facts = factsOf(originals.on(stored), around);
        if (!test.matches(facts)) continue;
        adder.add(withLogin(facts, loginAt(stored.conn, stored.id)), stored.id, () => true);
      }
  };
  const addBlock = (stretch: Stretch): void => {
    const [asked, ranges] = [new Set<number>(), new Ranges()];
    const shapes = stretch.block?.shapes ?? [];
    matcher.each(stretch, ({ verdict, id, place, shapeAt, machine, numbers }) => {
      if (verdict === 'no') return;
      if (verdict === 'yes') {
        const measures = numbers();
        known.set(shapes[shapeAt] ?? null, machine.vmcNo, { measures, place, peerOf });
        known.login = logins === null ? null : loginAt(measures.conns[place] ?? NaN, id);
        if (adder.add(known, id, () => !known.isUnknown && !known.isPartMissing)) return;
      }
      asked.add(id);
      ranges.add(id);
    });
    read(ranges.list, (id) => asked.has(id));
  };

  const stop = performance.now() + budget;
  const span = { from: grouping.done + 1, top: newest + 1 };
  for (const stretch of stretches(db, sizes, needs, span, 'oldestFirst')) {
    if (logins !== null && !logins.read(stretch.top - 1, stop)) return true;
    if (stretch.block === null) read([stretch]);
    else addBlock(stretch);
    grouping.done = stretch.top - 1;
    if (performance.now() >= stop && grouping.done < newest) return true;
  }
  grouping.done = newest;
  return false;
}

/** The facts of an entry that the index has. */
class IndexFacts extends Known implements ValueFacts {
  login: KnownLogin | null = null;

  constructor(names: Question['names'], isUnmarked: boolean) {
    super(names, null, isUnmarked);
  }
}

/** The facts of a read entry, whose getters are not called before they are needed. */
const withLogin = (facts: FilterFacts, login: KnownLogin | null): ValueFacts =>
  Object.defineProperty(facts, 'login', { value: login }) as ValueFacts;
