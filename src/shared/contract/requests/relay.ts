/** Requests about the relay. */
import { z } from 'zod';
import { dialTarget } from '../../model/dial';
import { longestAnswer, relaySchema } from '../../model/relay';
import { nothing, result, type RequestRows } from '../request';

export const relayRequests = {
  /** Applies from now on. Machines on another path are disconnected, so that they connect again. */
  setRelay: {
    thread: 'desktop',
    scope: 'app',
    audit: 'own',
    args: z.strictObject({ relay: relaySchema }),
    result: result<null>(),
  },
  /** Tries an unreachable server at once. */
  retryUpstream: {
    thread: 'machines',
    scope: 'app',
    audit: false,
    args: dialTarget,
    result: result<null>(),
  },
  /** Gives machines back that Crema serves in place of a reachable server. Those with an open order follow after it. */
  giveBack: {
    thread: 'machines',
    scope: 'app',
    audit: 'own',
    args: nothing,
    result: result<{ readonly given: number; readonly waiting: number; readonly unreachable: number }>(),
  },
  /** Releases a held frame. `text`: a changed body, which is forwarded instead. */
  releaseHeld: {
    thread: 'machines',
    scope: 'app',
    audit: 'own',
    args: z.strictObject({
      conn: z.int().min(1),
      key: z.int().min(1),
      as: z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('pass') }),
        z.strictObject({ type: z.literal('drop') }),
        z.strictObject({ type: z.literal('edit'), text: z.string().max(longestAnswer) }),
      ]),
    }),
    result: result<null>(),
  },
} as const satisfies RequestRows;
