/** The fold of sites in the calling thread, behind the same messages as in its own. */
import { MessageChannel } from 'node:worker_threads';
import { Folds } from '../../src/main/sites/fold/folds';
import { serveFolds } from '../../src/main/sites/fold/serveFolds';

export const foldsHere = (): Folds =>
  new Folds(
    () => {
      const { port1, port2 } = new MessageChannel();
      serveFolds(port1);
      return port2;
    },
    (error) => {
      throw error;
    },
  );
