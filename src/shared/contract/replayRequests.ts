/** Requests about replays. */
import { z } from 'zod';
import { dialTarget } from '../model/dial';
import { replayRules, type ReplayOffer, type ReplayRows } from '../model/replay';
import { before, capture, frameFilter, limit, vmcNo } from './fields';

/** Entries of an opened capture, or of what is live, as they are exported. */
const chosen = {
  capture,
  filter: frameFilter,
  ids: z.array(z.int().min(1)).max(100_000).exactOptional(),
};

export const replayRequests = {
  /** What there is to be sent again among these, and to which machines; nothing is sent. */
  offerReplay: z.strictObject(chosen),
  startReplay: z.strictObject({
    ...chosen,
    to: z.discriminatedUnion('role', [
      /** As the machine; `vmcNo`: its number in what is sent, `null`: as recorded. */
      z.strictObject({ role: z.literal('machine'), server: dialTarget, vmcNo: vmcNo.nullable() }),
      z.strictObject({ role: z.literal('server'), vmcNo }),
    ]),
    pace: z.union([z.number().min(0.01).max(9_999), z.literal('step')]),
    rules: z.array(z.enum(replayRules)).max(replayRules.length),
  }),
  /** `end`: nobody looks at it any more; one that runs is cancelled. */
  controlReplay: z.strictObject({ to: z.enum(['pause', 'resume', 'next', 'cancel', 'end']) }),
  /** Newest first; `differing`: only answers that are not as they were, and not explained. */
  replayRows: z.strictObject({
    before,
    limit,
    differing: z.boolean(),
  }),
} as const;

export interface ReplayResults {
  offerReplay: ReplayOffer;
  startReplay: null;
  controlReplay: null;
  replayRows: ReplayRows;
}
