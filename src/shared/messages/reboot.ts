import { sessionId } from './common';
import { seen, word } from './field';
import { toMachine } from './row';

/** Parts that android restarts separately [field]. The meaning of `stum` is unknown. */
export const restartParts = ['ice', 'app', 'stum', 'all'] as const;
/** These stop the program or its reader: the machine receives nothing afterwards [field3]. */
const harmful = ['cup', 'io'] as const;

/** Restarts the machine [doc 3.9]. android restarts a part by it, and the machine by the wrapped message [field]. */
export const reboot = toMachine('reboot', {
  source: 'doc',
  fields: {
    part: seen(word('type', { values: [...restartParts, ...harmful], harmful })),
    sessionId: seen(sessionId),
  },
  says: ({ part }) => (part === null ? null : ['part', { part }]),
  example: { vmc_no: 33_232 },
});
