/** Requests about replays. */
import { z } from 'zod';
import { dialTarget } from '../../model/dial';
import { replayRules, type ReplayOffer, type ReplayRows } from '../../model/replay';
import { result, type RequestRows, before, capture, frameFilter, limit, vmcNo } from '../request';

/** Entries of an opened capture, or of live data, as in an export. */
const chosen = {
  capture,
  filter: frameFilter,
  ids: z.array(z.int().min(1)).max(100_000).exactOptional(),
};

export const replayRequests = {
  /** The frames of this choice that can be sent again, and their machines; nothing is sent. */
  offerReplay: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: z.strictObject(chosen),
    result: result<ReplayOffer>(),
  },
  startReplay: {
    thread: 'desktop',
    scope: 'app',
    audit: 'own',
    args: z.strictObject({
      ...chosen,
      to: z.discriminatedUnion('role', [
        /** As the machine; `vmcNo`: its number in the sent frames, `null`: as recorded. */
        z.strictObject({ role: z.literal('machine'), server: dialTarget, vmcNo: vmcNo.nullable() }),
        z.strictObject({ role: z.literal('server'), vmcNo }),
      ]),
      pace: z.union([z.number().min(0.01).max(9_999), z.literal('step')]),
      rules: z.array(z.enum(replayRules)).max(replayRules.length),
    }),
    result: result<null>(),
  },
  /** `end`: the view is closed; a running replay is cancelled. */
  controlReplay: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: z.strictObject({ to: z.enum(['pause', 'resume', 'next', 'cancel', 'end']) }),
    result: result<null>(),
  },
  /** Newest first; `differing`: only answers that differ without an explanation. */
  replayRows: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: z.strictObject({
      before,
      limit,
      differing: z.boolean(),
    }),
    result: result<ReplayRows>(),
  },
} as const satisfies RequestRows;
