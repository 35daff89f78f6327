/** Entry of the thread that stages one file, so that hashing and unpacking gigabytes delay no answer to a machine. */
import { ownPort, serve } from '../worker/serve';
import type { StageCalls, StageEvents, StageProgress } from './messages';
import { Throttle } from './throttle';
import { stage } from './stage';

const reportInterval = 100; // ms

const cancelled = new AbortController();
const thread = serve<StageCalls, StageEvents>(
  ownPort(),
  {
    stage: async (request) => {
      let latest: StageProgress = { phase: 'copying', done: 0, total: 0 };
      const throttle = new Throttle(reportInterval, () => thread.emit('progress', latest));
      try {
        return await stage(request, cancelled.signal, (progress) => {
          latest = progress;
          throttle.trigger();
        });
      } finally {
        throttle.stop();
      }
    },
  },
  { onEnd: () => cancelled.abort() },
);
