/** Entry of the thread that creates a support file. */
import { ownPort, serve } from '../../lib/threads/serve';
import type { SupportCalls, SupportEvents } from './calls';
import { collect } from './collect';
import { stageFrames } from './stageFrames';
import { writeZip } from './writeZip';

/** ms between two progress messages. */
const progressInterval = 100;

const cancel = new AbortController();
let postedAt = 0;
const onProgress = (progress: SupportEvents['progress']): void => {
  const now = performance.now();
  if (now - postedAt < progressInterval) return;
  postedAt = now;
  thread.emit('progress', progress);
};

const thread = serve<SupportCalls, SupportEvents>(
  ownPort(),
  {
    collect: (request) => collect(request, cancel.signal, onProgress),
    frames: (request) => stageFrames(request, cancel.signal, onProgress),
    save: (request) => writeZip(request, cancel.signal, onProgress),
  },
  { onEnd: () => cancel.abort() },
);
