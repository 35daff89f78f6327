/** Handlers of the requests that the journal answers by itself, for the live journal and for a capture's. */
import type { JournalHandlers } from '../client/calls';
import type { JournalStore } from '../store/journalStore';

/** `opened`: the open journal. @throws Error if none is open */
export const journalRequests = (opened: () => JournalStore): JournalHandlers => ({
  faults: (query) => opened().history.faults(query),
  orders: (query) => opened().history.orders(query),
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
});
