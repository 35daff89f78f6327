/** The requests of the window: one row each, argument schema first. Everything else (handlers, bridge) is derived. */
import { z } from 'zod';
import { commandNames, type CommandName } from '../commands/index';
import { codePattern, photoLimits } from '../limits';
import type { Command } from '../model/command';
import type { FetchedContent } from '../model/fetched';
import type { MachineConfig } from '../model/machineConfig';
import { machineSettingRows } from '../model/machineSettings';
import type { OwnErrorsImport } from '../model/ownErrorsImport';
import type { ProductsImport } from '../model/ownProducts';
import type { RegistryPreview, TableFile } from '../model/registry';
import { patchOf } from '../model/settingRow';
import { settingRows } from '../model/settings';
import { answerings, misbehaviours } from '../model/simulator';
import type { UpgradePackage } from '../model/upgrade';
import type { Action } from './actions';
import { appRequests, type AppResults } from './appRequests';
import type { Verb } from './channels';
import type { MachineDetail } from './detail';
import type { AppError } from './errors';
import type { Snapshot } from './feed';
import { capture, nothing, vmcNo } from './fields';
import { frameRequests, type FrameResults } from './frameRequests';
import { historyRequests, type HistoryResults } from './historyRequests';
import { linkRequests, type LinkResults } from './linkRequests';
import { packageRequests, type PackageResults } from './packageRequests';
import { relayRequests, type RelayResults } from './relayRequests';
import { replayRequests, type ReplayResults } from './replayRequests';
import { runRequests, type RunResults } from './runRequests';

export const requests = {
  ...appRequests,
  ...frameRequests,
  ...historyRequests,
  ...linkRequests,
  ...packageRequests,
  ...relayRequests,
  ...replayRequests,
  ...runRequests,
  snapshot: nothing,
  /** What this window follows in detail; `null` for nothing. */
  watchMachine: z.strictObject({ capture, vmcNo: vmcNo.nullable() }),
  /** Gives a command; its input is checked against the catalogue's row. */
  command: z.strictObject({
    vmcNo,
    name: z.enum(commandNames as [CommandName, ...CommandName[]]),
    input: z.record(z.string().max(64), z.json()),
    /** A person was asked: the machine on its connection has not proved which one it is. */
    anyway: z.literal(true).exactOptional(),
  }),
  /** Takes back a command that was not sent yet. */
  cancelCommand: z.strictObject({ id: z.int().min(1) }),
  /** Lets a command that waits go to a machine that has not proved which one it is. */
  sendAnyway: z.strictObject({ id: z.int().min(1) }),
  /** How much longer a command that was not sent yet may wait for its machine, ms. */
  setCommandWait: z.strictObject({ id: z.int().min(1), wait: z.int().min(1_000).max(86_400_000) }),
  clearVisits: nothing,
  testDownloads: nothing,
  setSettings: patchOf(settingRows),
  /** Asks for a place and writes the own entries of the catalogue there; `null`: none was chosen. */
  exportOwnErrors: nothing,
  /** Asks for a place and writes what the workshop says of products there; `null`: none was chosen. */
  exportProducts: nothing,
  /** Asks for such a file and takes what is in it; `null`: none was chosen. */
  importProducts: nothing,
  /** Asks for such a file and takes over what fits; `null`: none was chosen. */
  importOwnErrors: nothing,
  setMachine: z.strictObject({ vmcNo, patch: patchOf(machineSettingRows) }),
  /** 8 characters [doc], none of them white space; `null` removes the stored code. */
  setMachineCode: z.strictObject({ vmcNo, code: z.string().regex(codePattern).nullable() }),
  /** A JPEG as the window makes it of any picture; `null` takes it away. */
  setMachinePhoto: z.strictObject({
    vmcNo,
    picture: z
      .instanceof(Uint8Array)
      .refine((bytes) => bytes.length <= photoLimits.bytes)
      .nullable(),
  }),
  /** Asks for a place and writes what people chose for all machines there as CSV; `null`: none was chosen. */
  exportRegistry: z.strictObject({ language: z.enum(['en', 'zh-CN']) }),
  /** Asks for a CSV file and tells what it would change; nothing is changed yet. `null`: no file was chosen. */
  readRegistry: nothing,
  /** Asks for a CSV file and gives its cells; nothing is changed. `null`: no file was chosen. */
  readTable: nothing,
  /** Asks for a place and writes what the window shows there as CSV; `null`: none was chosen. */
  saveTable: z.strictObject({
    name: z.string().regex(/^[\w-][\w.-]{0,79}\.csv$/),
    // Thousands of machines have a line each, and with totals every product and day too.
    rows: z.array(z.array(z.string().max(1_000)).max(40)).max(100_000),
  }),
  /** Changes what the preview of that number told. */
  takeRegistry: z.strictObject({ id: z.int().min(1) }),
  disconnect: z.strictObject({ vmcNo }),
  /** Takes an offline machine off the list. */
  forgetMachine: z.strictObject({ vmcNo }),
  /** Takes offline machines off the list that never logged in and that nobody knows: as many at most as the question named. */
  forgetStrangers: z.strictObject({ most: z.int().min(1).max(100_000) }),
  simulate: z.strictObject({
    count: z.int().min(0).max(2_000),
    platform: z.enum(['linux', 'android', 'mixed']),
  }),
  simulatorFault: z.strictObject({ vmcNo: vmcNo.nullable(), fault: z.enum(misbehaviours), on: z.boolean() }),
  simulatorAnswers: z.strictObject({ vmcNo, answering: z.enum(answerings) }),
  /** What can be shown of a file that a machine sent; `id`: of the command that asked for it. */
  fetchedContent: z.strictObject({ id: z.int().min(1) }),
  /** Asks for a place and copies it there; `null`: none was chosen. */
  saveFetched: z.strictObject({ id: z.int().min(1) }),
  /** Takes it into the library of packages. */
  backUpFetched: z.strictObject({ id: z.int().min(1) }),
  removeFetched: z.strictObject({ id: z.int().min(1) }),
} as const satisfies Record<Verb, z.ZodType>;

export type { MachineDetail };

interface Results
  extends
    AppResults,
    FrameResults,
    HistoryResults,
    LinkResults,
    PackageResults,
    RelayResults,
    ReplayResults,
    RunResults {
  snapshot: Snapshot;
  watchMachine: MachineDetail | null;
  command: Command;
  cancelCommand: null;
  sendAnyway: null;
  setCommandWait: null;
  clearVisits: null;
  testDownloads: null;
  setSettings: null;
  /** The name of the file. */
  exportOwnErrors: string | null;
  importOwnErrors: OwnErrorsImport | null;
  /** The name of the file. */
  exportProducts: string | null;
  importProducts: ProductsImport | null;
  setMachine: null;
  setMachineCode: null;
  setMachinePhoto: null;
  /** The name of the file, and how many machines stand in it. */
  exportRegistry: { readonly file: string; readonly machines: number } | null;
  readRegistry: RegistryPreview | null;
  readTable: TableFile | null;
  /** The name of the file. */
  saveTable: string | null;
  /** How many machines were changed, by which file, and each to what: the audit trail keeps that. */
  takeRegistry: {
    readonly machines: number;
    readonly file: string;
    readonly changes: readonly { readonly vmcNo: number; readonly patch: Partial<MachineConfig> }[];
  };
  disconnect: null;
  forgetMachine: null;
  forgetStrangers: { readonly forgotten: number };
  simulate: null;
  simulatorFault: null;
  simulatorAnswers: null;
  fetchedContent: FetchedContent;
  /** The name of the file. */
  saveFetched: string | null;
  backUpFetched: UpgradePackage;
  removeFetched: null;
}

export type Args<V extends Verb> = z.infer<(typeof requests)[V]>;
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: AppError };
export type Reply<V extends Verb> = Result<Results[V]>;
export type ReplyValue<V extends Verb> = Results[V];

/** What the preload script puts on `window.crema`. */
export type CremaApi = { readonly [V in Verb]: (args: Args<V>) => Promise<Reply<V>> } & {
  /** Calls back with every batch (feed.ts) as JSON; returns the way to stop. */
  readonly onFeed: (listener: (batch: string) => void) => () => void;
  /** Calls back with what the menu asks of this window; returns the way to stop. */
  readonly onAction: (listener: (action: Action) => void) => () => void;
  /** Where a file lies that was dropped on the window; '': on no disk. */
  readonly pathOf: (file: object) => string;
};
