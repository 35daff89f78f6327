/** Answers the calls of the thread that folds. It opens no file, so damage is found by the calling thread alone. */
import { Callable } from '../../lib/threads/callable';
import type { ServerPort } from '../../lib/threads/messages';
import { serve } from '../../lib/threads/serve';
import type { StoredFleet } from '../../core/state/restoreFleet';
import type { FoldCalls, StoredCalls } from './calls';
import { Fold } from './fold';

export function serveFolds(port: ServerPort): void {
  const folds = new Map<number, Fold>();
  const of = (fold: number): Fold => {
    const one = folds.get(fold);
    if (one === undefined) throw new Error(`no fold ${fold}`);
    return one;
  };
  serve<FoldCalls>(port, {
    open: async ({ fold, port: questions, last }) => {
      const asking = new Callable<StoredCalls>(questions, { on: {} });
      const stored: StoredFleet = {
        knownOrders: (...args) => asking.call('knownOrders', args),
        machines: () => asking.call('machines', []),
        entries: () => asking.call('entries', []),
        setMachinesAside: (...args) => asking.call('setMachinesAside', args),
        namelessConnections: (...args) => asking.call('namelessConnections', args),
        entriesAfter: (...args) => asking.call('entriesAfter', args),
        connectionsOf: (...args) => asking.call('connectionsOf', args),
        entriesOf: (...args) => asking.call('entriesOf', args),
      };
      const restored = await Fold.restored(stored, last);
      folds.set(fold, restored);
      return restored.sizes;
    },
    take: ({ fold, entries, read, isCheckpoint }) => of(fold).take(entries, read, isCheckpoint),
    checkpoint: ({ fold }) => of(fold).checkpoint(),
    // The journal may be closed meanwhile.
    report: ({ fold }) => folds.get(fold)?.report() ?? [],
    forgetOrders: ({ fold, through }) => {
      of(fold).forgetOrdersThrough(through);
      return null;
    },
    close: ({ fold }) => {
      folds.delete(fold);
      return null;
    },
  });
}
