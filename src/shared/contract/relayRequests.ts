/** Requests about the relay. */
import { z } from 'zod';
import { dialTarget } from '../model/dial';
import { longestAnswer, relaySchema } from '../model/relay';

export const relayRequests = {
  /** From now on; machines that are connected otherwise are let go, so that they come anew. */
  setRelay: z.strictObject({ relay: relaySchema }),
  /** A server that can't be reached is tried at once. */
  retryUpstream: dialTarget,
  /** What becomes of a frame that is held. `text`: its body, as it goes on instead. */
  releaseHeld: z.strictObject({
    conn: z.int().min(1),
    key: z.int().min(1),
    as: z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('pass') }),
      z.strictObject({ type: z.literal('drop') }),
      z.strictObject({ type: z.literal('edit'), text: z.string().max(longestAnswer) }),
    ]),
  }),
} as const;

export interface RelayResults {
  setRelay: null;
  retryUpstream: null;
  releaseHeld: null;
}
