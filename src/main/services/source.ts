/** What can be read of machines and frames, live or of an opened file: the same questions, the same answers. */
import type { Entry, FrameDetail, FramePage } from '#shared/model/frame';
import type { MachineState } from '#shared/model/machine';
import type { Source } from '../ipc/services';
import type { JournalHost } from '../journal/host';
import { revived } from '../session/revived';
import { readJson } from '../protocol/json';
import { latin1 } from '../session/latin1';
import type { RecentFrames, Labels } from '../session/recentFrames';
import { frameRow } from '../session/frameRows';
import type { SettingsStore } from '../settings/store';

export interface SourceParts {
  readonly machine: (vmcNo: number) => MachineState | null;
  readonly journal: JournalHost;
  /** The newest frames in memory, for a run without a journal; `null`: none are. */
  readonly recent: RecentFrames | null;
  readonly store: SettingsStore;
  readonly labels: Labels;
}

export function makeSource({ machine, journal, recent, store, labels }: SourceParts): Source {
  const row = (entry: Entry): FramePage['rows'][number] => {
    const mark = labels.markOf(entry.id);
    return mark === null
      ? frameRow(entry)
      : { ...frameRow(entry), mark: { marked: mark.marked, note: mark.note } };
  };
  const names = (): Readonly<Record<number, string>> =>
    Object.fromEntries([...store.configs].map(([vmcNo, { name }]) => [vmcNo, name]));
  const entryOf = async (id: number): Promise<Entry | null> => {
    const inMemory = recent?.get(id);
    if (inMemory !== undefined) return inMemory;
    const stored = journal.isReadable ? await journal.query('entry', { id }) : null;
    return stored === null ? null : revived(stored);
  };
  return {
    detail: (vmcNo) => {
      const state = machine(vmcNo);
      return state === null ? null : { state, codeStored: store.codeStored(vmcNo) };
    },
    frames: async (filter, place, limit) => {
      const now = Date.now();
      if (!journal.isReadable) {
        const page = recent?.page({ filter, place, limit, now }, labels);
        return { rows: page?.entries.map(row) ?? [], next: page?.next ?? null };
      }
      const { entries, next } = await journal.query('frames', { filter, place, limit, now, names: names() });
      return { rows: entries.map(revived).map(row), next };
    },
    countFrames: async (filter, after) => {
      const now = Date.now();
      if (journal.isReadable) return journal.query('countFrames', { filter, after, now, names: names() });
      const query = { filter, place: { after: after ?? 0 }, limit: Infinity, now };
      const { entries } = recent?.page(query, labels) ?? { entries: [] };
      return { count: entries.length, next: null, last: entries[0]?.id ?? after ?? 0 };
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
    relations: async (id) => (journal.isReadable ? journal.query('relations', { id }) : null),
    activity: async (query) => (journal.isReadable ? journal.query('activity', query) : null),
    faults: async (query) => (journal.isReadable ? journal.query('faults', query) : null),
    orders: async (query) => (journal.isReadable ? journal.query('orders', query) : null),
    commands: async (query) => (journal.isReadable ? journal.query('commands', query) : null),
  };
}
