/** Handlers of the requests that the journal answers, for the live journal and for a capture's. */
import type { AppError } from '#shared/contract/errors';
import type { Facts } from '#shared/contract/request';
import { setOwnErrors } from '#shared/errors/own';
import { frameTest, type FrameFilter } from '#shared/filter/frames';
import type { StoredEntry } from '#shared/model/frame';
import { frameDetail, frameRow } from '../../core/state/frameRow';
import { readStored } from '../../core/state/readStored';
import type { JournalHandlers } from '../client/calls';
import type { JournalStore } from '../store/journalStore';
import { GroupRuns } from './groupRuns';
import { orderTotals } from './orderTotals';

/** An expected failure, shown to the person. */
export class Refused extends Error {
  readonly refusal: AppError;
  constructor(code: AppError['code'], params: AppError['params']) {
    super(code);
    this.refusal = { code, params };
  }
}

/** `opened`: the open journal. @throws Error if none is open */
export function journalRequests(opened: () => JournalStore): JournalHandlers {
  /** Refuses a filter with an error. Filters by severity need the workshop's own errors. */
  const judged = <Q extends { readonly filter: FrameFilter } & Pick<Facts, 'now' | 'ownErrors'>>(
    query: Q,
  ): Q => {
    setOwnErrors(query.ownErrors);
    const test = frameTest(query.filter, query.now);
    if (!test.ok) throw new Refused('badFilter', { at: test.error.at });
    return query;
  };
  const found = <T>(value: T | null, id: number): T => {
    if (value === null) throw new Refused('unknownFrame', { id });
    return value;
  };
  const groups = new GroupRuns(opened);
  const markOf = ({ id }: StoredEntry) => opened().marks.byEntry().get(id) ?? null;
  return {
    frames: (query) => {
      const { entries, next } = opened().frames(judged(query));
      return { rows: entries.map((entry) => frameRow(readStored(entry), markOf(entry))), next };
    },
    countFrames: (query) => opened().count(judged(query)),
    groupFrames: (query) => groups.answer(judged(query)),
    frame: ({ id }) => {
      const entry = found(opened().entry(id), id);
      return frameDetail(readStored(entry), markOf(entry), opened().name);
    },
    findFrame: ({ number, journal }) => opened().find(number, journal),
    relations: ({ id }) => found(opened().relations(id), id),
    faults: (query) => opened().history.faults(query),
    faultSums: (query) => opened().faultSums(query),
    orders: (query) => opened().history.orders(query),
    orderSums: (query) => orderTotals(opened, query),
    findOrders: (query) => opened().history.findOrders(query),
    orderCounts: ({ since }) => opened().history.orderCounts(since),
    commands: (query) => opened().history.commands(query),
    diagnoses: (query) => opened().history.diagnoses(query),
    runs: (query) => opened().runs.page(query),
    runLines: ({ run }) => opened().runs.linesOf(run),
    runCommands: ({ run }) => {
      const { runs, history } = opened();
      return history.commandsOf(
        runs.linesOf(run).flatMap(({ steps }) => steps.flatMap(({ command }) => command ?? [])),
      );
    },
    journalSize: () => opened().size(),
  };
}
