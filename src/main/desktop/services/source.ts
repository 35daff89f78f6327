/** Queries about machines and frames, of live data or an opened file: the same questions, the same answers. */
import type { MachineDetail } from '#shared/contract/detail';
import type { FrameFilter } from '#shared/filter/frames';
import type { Entry, FrameDetail, FramePage, FrameRow, PagePlace } from '#shared/model/frame';
import type { BinSpan, FrameCount } from '#shared/model/frameCount';
import type { FaultSums, FaultSumsQuery } from '#shared/model/faultSums';
import type { MachineRow, MachineState } from '#shared/model/machine';
import {
  joinedSums,
  type OrderSum,
  type OrderSumKind,
  type OrderSums,
  type OrderSumsQuery,
} from '#shared/model/orderSums';
import type { Relations } from '#shared/model/relations';
import type { JournalQueries, OrderSumsRequest, PartialSums, Question } from '../../journal/api';
import { readJson } from '../../core/protocol/json';
import { frameRow } from '../../core/state/frameRows';
import { latin1 } from '#shared/latin1';
import type { Labels } from '../../core/state/recentFrames';
import { readStored } from '../../core/state/readStored';
import type { SettingsStore } from '../../lib/settings/store';

/** `null`: there is no journal, or nothing with that number. */
export interface Source {
  detail(vmcNo: number): Promise<MachineDetail | null>;
  frames(filter: FrameFilter, place: PagePlace, limit: number): Promise<FramePage>;
  /** Counts entries newer than `after`, for at most 40 ms. */
  countFrames(filter: FrameFilter, after: number | null, bins: BinSpan | null): Promise<FrameCount>;
  frame(id: number): Promise<FrameDetail | null>;
  relations(id: number): Promise<Relations | null>;
  faultSums(query: FaultSumsQuery): Promise<FaultSums | null>;
  orderSums(query: OrderSumsQuery): Promise<OrderSums | null>;
  /** Requests that the journal answers by itself. */
  journal(): JournalQueries | null;
}

/** The newest entries in memory, for the time without a readable journal. */
export interface Memory {
  page(
    filter: FrameFilter,
    place: PagePlace,
    limit: number,
  ): Promise<{ readonly entries: readonly Entry[]; readonly next: number | null }>;
  count(filter: FrameFilter, after: number | null): Promise<FrameCount>;
  entry(id: number): Promise<Entry | null>;
}

export interface SourceParts {
  readonly machine: (vmcNo: number) => Promise<MachineState | null> | MachineState | null;
  readonly platforms: () => readonly Pick<MachineRow, 'vmcNo' | 'platform'>[];
  /** `null`: no journal is readable now. */
  readonly journal: () => JournalQueries | null;
  /** `null`: everything is in the journal. */
  readonly memory: Memory | null;
  readonly store: SettingsStore;
  readonly labels: Labels;
  /** Whether Crema itself may have confirmed a reported payment. True for live data; a capture does not show who confirmed it. */
  readonly rehearses: boolean;
  /** The reference of "today" and "two hours ago", ms since 1970. */
  readonly now: () => number;
}

export function makeSource(parts: SourceParts): Source {
  const { machine, journal, memory, store, labels, rehearses, now } = parts;
  const row = (entry: Entry): FrameRow => {
    const mark = labels.markOf(entry.id);
    return mark === null
      ? frameRow(entry)
      : { ...frameRow(entry), mark: { marked: mark.marked, note: mark.note } };
  };
  const known = (): Pick<Question, 'names' | 'ownErrors'> => ({
    names: Object.fromEntries([...store.configs].map(([vmcNo, { name }]) => [vmcNo, name])),
    ownErrors: store.settings.ownErrors,
  });
  const currencies = (): Pick<OrderSumsRequest, 'currencies' | 'currency'> => ({
    currencies: Object.fromEntries(
      [...store.configs]
        .filter(([, { currency }]) => currency !== '')
        .map(([vmcNo, { currency }]) => [vmcNo, currency]),
    ),
    currency: store.settings.currency,
  });
  /** Memory holds entries that the disk refuses. It belongs to a busy thread, so the journal comes first. */
  const entryOf = async (id: number): Promise<Entry | null> => {
    const stored = (await journal()?.query('entry', { id })) ?? null;
    return stored === null ? ((await memory?.entry(id)) ?? null) : readStored(stored);
  };
  return {
    detail: async (vmcNo) => {
      const state = await machine(vmcNo);
      return state === null ? null : { state };
    },
    frames: async (filter, place, limit) => {
      const reader = journal();
      if (reader === null) {
        const page = await memory?.page(filter, place, limit);
        return { rows: page?.entries.map(row) ?? [], next: page?.next ?? null };
      }
      const query = { filter, place, limit, now: now(), ...known() };
      const { entries, next } = await reader.query('frames', query);
      return { rows: entries.map(readStored).map(row), next };
    },
    countFrames: async (filter, after, bins) => {
      const reader = journal();
      if (reader !== null)
        return reader.query('countFrames', { filter, after, bins, now: now(), ...known() });
      const last = after ?? 0;
      const nothing = { count: 0, bars: null, next: null, last, newest: last, until: null };
      return (await memory?.count(filter, after)) ?? nothing;
    },
    frame: async (id): Promise<FrameDetail | null> => {
      const entry = await entryOf(id);
      if (entry === null) return null;
      const isFrame = entry.kind === 'frame';
      return {
        ...row(entry),
        bytes: 'bytes' in entry ? entry.bytes : new Uint8Array(),
        bodyStart: isFrame ? entry.bodyStart : 0,
        sequence: isFrame ? entry.sequence : null,
        fullText: isFrame ? entry.text : entry.kind === 'junk' ? latin1(entry.bytes) : '',
        json: isFrame ? readJson(entry.text).json : null,
      };
    },
    relations: async (id) => (await journal()?.query('relations', { id })) ?? null,
    faultSums: async (query) => {
      const platforms = Object.fromEntries(
        parts.platforms().flatMap(({ vmcNo, platform }) => (platform === null ? [] : [[vmcNo, platform]])),
      );
      return (await journal()?.query('faultSums', { ...query, now: now(), platforms })) ?? null;
    },
    orderSums: async (query) => {
      const reader = journal();
      return reader === null ? null : allSums(reader, { ...query, rehearses, ...currencies() }, now());
    },
    journal,
  };
}

/** Asks for one part at a time, so that the journal's thread can do other work in between. */
async function allSums(
  reader: JournalQueries,
  query: Omit<OrderSumsRequest, 'before'>,
  at: number,
): Promise<OrderSums> {
  const parts: PartialSums[] = [];
  let before: OrderSumsRequest['before'] = null;
  do {
    const part: PartialSums = await reader.query('orderSums', { ...query, before });
    parts.push(part);
    before = part.next;
  } while (before !== null);
  const all = (kind: OrderSumKind): readonly OrderSum[] => joinedSums(parts.flatMap((part) => part[kind]));
  const unread = parts.reduce((sum, part) => sum + part.unread, 0);
  return { days: all('days'), products: all('products'), payTypes: all('payTypes'), unread, at };
}
