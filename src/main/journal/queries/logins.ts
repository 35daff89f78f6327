/** The last login of each connection before an entry. A group by version or platform uses it. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { everyFrame, frameTest } from '#shared/filter/frames';
import type { KnownLogin } from '#shared/filter/values';
import { login } from '#shared/messages/login';
import { platformOf } from '../../core/state/apply/login';
import { readStored } from '../../core/state/readStored';
import { Judge } from '../index/verdicts';
import type { Sizes } from '../index/sizes';
import type { Row } from '../store/columns';
import { entryOf } from '../store/entries';
import { entryColumns } from '../store/owners';
import { BlockMatcher, stretches, type Stretch } from './reading';
import { TimesReader } from './timesOf';

interface LoginAt extends KnownLogin {
  readonly id: number;
}

const filter = { ...everyFrame, cmd: login.cmd, dir: login.direction };

/** For one query, whose entries come oldest first. */
export class Logins {
  readonly #db: DatabaseSyncInstance;
  readonly #sizes: Sizes;
  /** All entries up to this one were searched for logins. */
  #upTo = 0;
  /** By connection, oldest first. */
  readonly #ofConn = new Map<number, LoginAt[]>();

  constructor(db: DatabaseSyncInstance, sizes: Sizes) {
    this.#db = db;
    this.#sizes = sizes;
  }

  /** Reads the logins up to an entry. Returns false if that is not done at `stop` (`performance.now()`). */
  read(upTo: number, stop: number): boolean {
    if (upTo <= this.#upTo) return true;
    const test = frameTest(filter, 0);
    if (!test.ok) throw new Error('the filter of logins is wrong');
    const [db, sizes] = [this.#db, this.#sizes];
    const matcher = new BlockMatcher(
      db,
      sizes,
      new Judge(test, { names: {} }, new Map()),
      new TimesReader(db, sizes),
    );
    const rows = db.prepare(
      `SELECT ${entryColumns} FROM entries WHERE id >= ? AND id < ? AND kind = 'frame' ORDER BY id`,
    );
    const readStretch = (stretch: Stretch): void => {
      for (const { from, top } of matcher.ranges(stretch))
        for (const row of rows.iterate(from, top) as Iterable<Row>) this.#add(row);
    };
    for (const stretch of stretches(
      db,
      sizes,
      test.needs,
      { from: this.#upTo + 1, top: upTo + 1 },
      'oldestFirst',
    )) {
      readStretch(stretch);
      this.#upTo = stretch.top - 1;
      if (performance.now() >= stop && this.#upTo < upTo) return false;
    }
    this.#upTo = upTo;
    return true;
  }

  #add(row: Row): void {
    const entry = readStored(entryOf(row));
    if (entry.kind !== 'frame' || entry.message.body.cmd !== login.cmd) return;
    const { body } = entry.message;
    const list = this.#ofConn.get(entry.conn) ?? [];
    list.push({ id: entry.id, version: body.version, platform: platformOf(body) });
    this.#ofConn.set(entry.conn, list);
  }

  /** `null`: the connection had no login up to the entry. */
  at(conn: number, id: number): KnownLogin | null {
    return this.#ofConn.get(conn)?.findLast((one) => one.id <= id) ?? null;
  }
}
