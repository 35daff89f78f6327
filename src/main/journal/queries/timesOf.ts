/** Times between frames, and the ends of connections, for entries read from their rows. */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import type { Peer } from '#shared/model/frame';
import { readPeer } from '#shared/model/stored/entry';
import { idsOfBlock } from '../index/again';
import { MeasureReader } from '../index/measureReader';
import { placeIn, type Measures } from '../index/measures';
import type { Sizes } from '../index/sizes';
import type { Row } from '../store/columns';

/** ms; `null`: none. */
export interface EntryTimes {
  readonly gap: number | null;
  readonly latency: number | null;
  /** The answer of a question, or the question of an answer. */
  readonly partner: number | null;
}

const none: EntryTimes = { gap: null, latency: null, partner: null };
const orNull = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;
/** Connections whose ends are remembered. */
const mostPeers = 20_000;

interface Near {
  readonly first: number;
  readonly last: number;
  readonly measures: Measures;
}

/** For one query. */
export class TimesReader {
  readonly #db: DatabaseSyncInstance;
  readonly #sizes: Sizes;
  readonly #reader: MeasureReader;
  readonly #block: StatementSyncInstance;
  readonly #opened: StatementSyncInstance;
  readonly #peers = new Map<number, Peer | null>();
  #near: Near | null = null;

  constructor(db: DatabaseSyncInstance, sizes: Sizes) {
    this.#db = db;
    this.#sizes = sizes;
    this.#reader = new MeasureReader(db, sizes);
    this.#block = db.prepare(
      `SELECT blocks.first, blocks.last, facts.ids FROM blocks JOIN facts ON facts.block = blocks.first
       WHERE blocks.first <= ? ORDER BY blocks.first DESC LIMIT 1`,
    );
    this.#opened = db.prepare(`SELECT detail FROM entries WHERE kind = 'opened' AND conn = ? LIMIT 1`);
  }

  times(id: number): EntryTimes {
    const { measures } = this.#around(id);
    const place = placeIn(measures.ids.length, (i) => measures.ids[i] ?? 0, id);
    if (place < 0) return none;
    return {
      gap: orNull(measures.gaps[place]),
      latency: orNull(measures.latencies[place]),
      partner: orNull(measures.partners[place]),
    };
  }

  readonly peerOf = (conn: number): Peer | null => {
    const known = this.#peers.get(conn);
    if (known !== undefined) return known;
    const row = this.#opened.get(conn) as Row | undefined;
    const peer = row === undefined ? null : readPeer(String(row['detail']));
    if (this.#peers.size >= mostPeers) this.#peers.clear();
    this.#peers.set(conn, peer);
    return peer;
  };

  /** The measures of a block. `ids`: as in its facts. */
  block(first: number, ids: string | null): Measures {
    const { block: size } = this.#sizes;
    return this.#reader.of(
      ids === null
        ? Float64Array.from({ length: size }, (_, i) => first + i)
        : Float64Array.from(idsOfBlock(this.#db, this.#sizes, first, ids)),
    );
  }

  #around(id: number): Near {
    const near = this.#near;
    if (near !== null && id >= near.first && id <= near.last) return near;
    const row = this.#block.get(id) as Row | undefined;
    const [first, last] = row === undefined ? [0, 0] : [Number(row['first']), Number(row['last'])];
    if (row !== undefined && id <= last) {
      const ids = typeof row['ids'] === 'string' ? row['ids'] : null;
      return (this.#near = { first, last, measures: this.block(first, ids) });
    }
    const newest = Number(
      Object.values(this.#db.prepare('SELECT max(id) FROM entries').get() as Row)[0] ?? 0,
    );
    return (this.#near = {
      first: last + 1,
      last: newest,
      measures: this.#reader.newest(last + 1, newest),
    });
  }
}
