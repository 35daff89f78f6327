/** The requests of the window: one row each, argument schema first. Everything else (handlers, bridge) is derived. */
import { z } from 'zod';
import type { FrameDetail, FrameRow } from '../model/frame';
import type { Fault } from '../model/history';
import type { Adapter } from '../model/listener';
import type { CodeStored, MachineDetail } from './detail';
import { misbehaviours } from '../model/simulator';
import type { AppError } from './errors';
import type { Verb } from './channels';
import type { FeedBatch, Snapshot } from './feed';

const vmcNo = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const host = z.union([z.ipv4(), z.ipv6()]);
const port = z.int().min(0).max(65_535);
const platform = z.enum(['linux', 'android']);
const nothing = z.undefined();

export const listenTarget = z.strictObject({ host, port });

export const settingsPatch = z.strictObject({
  language: z.enum(['system', 'en', 'zh-CN']).exactOptional(),
  theme: z.enum(['system', 'light', 'dark']).exactOptional(),
});

export const machineConfigPatch = z.strictObject({
  name: z.string().trim().max(60).exactOptional(),
  platform: platform.nullable().exactOptional(),
  head: z.enum(['decimal', 'le48']).nullable().exactOptional(),
  replyProfile: z.enum(['extended', 'document']).exactOptional(),
  signPolicy: z.enum(['ignore', 'warn', 'enforce']).nullable().exactOptional(),
});

export const simulateRequest = z.strictObject({
  count: z.int().min(0).max(2_000),
  platform: z.union([platform, z.literal('mixed')]),
});

export const requests = {
  snapshot: nothing,
  adapters: nothing,
  listen: z.strictObject({ which: z.enum(['machines', 'updates']), ...listenTarget.shape }),
  retryListen: z.strictObject({ which: z.enum(['machines', 'updates']) }),
  /** What this window follows in detail; `null` for nothing. */
  watchMachine: z.strictObject({ vmcNo: vmcNo.nullable() }),
  frame: z.strictObject({ id: z.int().min(1) }),
  /** A page of the error history, newest first. */
  faults: z.strictObject({
    vmcNo: vmcNo.nullable(),
    activeOnly: z.boolean(),
    before: z.strictObject({ setAt: z.int(), id: z.int().min(1) }).nullable(),
    limit: z.int().min(1).max(500),
  }),
  setSettings: settingsPatch,
  setMachine: z.strictObject({ vmcNo, patch: machineConfigPatch }),
  /** 8 characters [doc]; `null` removes the stored code. */
  setMachineCode: z.strictObject({ vmcNo, code: z.string().length(8).nullable() }),
  disconnect: z.strictObject({ vmcNo }),
  /** Takes an offline machine off the list. */
  forgetMachine: z.strictObject({ vmcNo }),
  simulate: simulateRequest,
  simulatorFault: z.strictObject({ vmcNo: vmcNo.nullable(), fault: z.enum(misbehaviours), on: z.boolean() }),
  copyText: z.strictObject({ text: z.string().max(1_000_000) }),
} as const satisfies Record<Verb, z.ZodType>;

export type { CodeStored, MachineDetail };

interface Results {
  snapshot: Snapshot;
  adapters: readonly Adapter[];
  listen: null;
  retryListen: null;
  watchMachine: { readonly detail: MachineDetail; readonly frames: readonly FrameRow[] } | null;
  frame: FrameDetail;
  faults: readonly Fault[];
  setSettings: null;
  setMachine: null;
  setMachineCode: { readonly codeStored: CodeStored };
  disconnect: null;
  forgetMachine: null;
  simulate: null;
  simulatorFault: null;
  copyText: null;
}

export type Args<V extends Verb> = z.infer<(typeof requests)[V]>;
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppError };
export type Reply<V extends Verb> = Result<Results[V]>;
export type ReplyValue<V extends Verb> = Results[V];

/** What the preload script puts on `window.crema`. */
export type CremaApi = { readonly [V in Verb]: (args: Args<V>) => Promise<Reply<V>> } & {
  /** Calls back with every batch; returns the way to stop. */
  readonly onFeed: (listener: (batch: FeedBatch) => void) => () => void;
};
