/** The requests of the window: one row each, argument schema first. Everything else (handlers, bridge) is derived. */
import { z } from 'zod';
import { commandNames, type CommandName } from '../commands/index';
import { checkNames, type DoctorResult } from '../doctor';
import { codeLength, longestErrorText, photoLimits } from '../limits';
import type { About, Licence } from '../model/about';
import { auditFilterSchema, type AuditPage } from '../model/audit';
import type { SelfTest } from '../model/arrivals';
import type { Command } from '../model/command';
import type { Diagnosis } from '../model/diagnosis';
import type { FetchedContent } from '../model/fetched';
import type { FrameCount, FrameDetail, FramePage } from '../model/frame';
import type { FaultSums } from '../model/faultSums';
import type { Fault, OrderCounts, OrderRecord } from '../model/history';
import type { RegistryPreview, TableFile } from '../model/registry';
import type { OrderSums } from '../model/orderSums';
import type { UpgradePackage } from '../model/upgrade';
import { exportFormats, type CaptureSnapshot, type Job } from '../model/capture';
import { crashIdForm } from '../model/crash';
import type { Activity, JournalSize } from '../model/journal';
import { machineSettingRows } from '../model/machineSettings';
import { mostAdapters } from '../model/chosenAdapters';
import { dialTarget, mostDials } from '../model/dial';
import type { Relations } from '../model/relations';
import type { OwnErrorsImport } from '../model/ownErrorsImport';
import type { ProductsImport } from '../model/ownProducts';
import type { Run, RunLine, RunPreview, WayBack } from '../model/run';
import { ownSequence, type SequencesImport } from '../model/sequence';
import { patchOf } from '../model/settingRow';
import { settingRows } from '../model/settings';
import { optionalSupport, supportHours } from '../model/support';
import type { Adapter } from '../model/listener';
import type { CodeStored, MachineDetail } from './detail';
import { listenerNames } from './live';
import { answerings, misbehaviours } from '../model/simulator';
import type { Action } from './actions';
import type { AppError } from './errors';
import type { Verb } from './channels';
import type { Snapshot } from './feed';
import { packageRequests, type PackageResults } from './packageRequests';
import { frameFilter } from './frameFilter';
import { replayRequests, type ReplayResults } from './replayRequests';
import { relayRequests } from './relayRequests';
import { runRequests } from './runRequests';
import { vmcNo } from './vmcNo';

const host = z.union([z.ipv4(), z.ipv6()]);
const port = z.int().min(0).max(65_535);
const platform = z.enum(['linux', 'android']);
const nothing = z.undefined();

const listenTarget = z.strictObject({ host, port });

/** An opened capture by its number; left out: what is live. */
const capture = z.int().min(1).exactOptional();
/** Older than an entry (`null`: than all), or newer than one: PagePlace. */
const pagePlace = z.union([
  z.strictObject({ before: z.int().min(1).nullable() }),
  z.strictObject({ after: z.int().min(0) }),
]);
const page = {
  capture,
  vmcNo: vmcNo.nullable(),
  before: z.int().min(1).nullable(),
  limit: z.int().min(1).max(500),
};

const simulateRequest = z.strictObject({
  count: z.int().min(0).max(2_000),
  platform: z.union([platform, z.literal('mixed')]),
});

export const requests = {
  snapshot: nothing,
  adapters: nothing,
  listen: z.strictObject({ which: z.enum(listenerNames), ...listenTarget.shape }),
  /** Machines and their downloads at these addresses, and at no others. */
  listenOn: z.strictObject({ hosts: z.array(host).min(1).max(mostAdapters), port }),
  /** Whether to listen at an address that a chosen adapter has now in place of the one that it had. */
  followAdapter: z.strictObject({ name: z.string().max(256), to: host, yes: z.boolean() }),
  retryListen: z.strictObject({ which: z.enum(listenerNames) }),
  /** What nobody has to listen for. */
  stopListening: z.strictObject({ which: z.literal('notices') }),
  /** Connects to this address of the computer as a machine would, where Crema listens. */
  selfTest: z.strictObject({ host }),
  /** What this window follows in detail; `null` for nothing. */
  watchMachine: z.strictObject({ capture, vmcNo: vmcNo.nullable() }),
  /**
   * The list of frames this window follows, and its first page; `filter` null for none. `token` grows with every call and names the rows in the feed,
   * so that rows of an earlier filter are told from those of this one.
   */
  followFrames: z.strictObject({
    capture,
    token: z.int().min(0),
    filter: frameFilter.nullable(),
    place: pagePlace,
  }),
  /** Another page of it. */
  frames: z.strictObject({ capture, filter: frameFilter, place: pagePlace, limit: page.limit }),
  /** How many entries a filter lets through, slice by slice: those newer than `after` (`null`: all), as far as 40 ms go. */
  countFrames: z.strictObject({ capture, filter: frameFilter, after: z.int().min(0).nullable() }),
  frame: z.strictObject({ capture, id: z.int().min(1) }),
  /** What a frame has to do with others and with the histories. */
  relations: z.strictObject({ capture, id: z.int().min(1) }),
  /** How much happened when, in bins of equal width. */
  activity: z.strictObject({
    capture,
    filter: frameFilter,
    from: z.number(),
    to: z.number(),
    bins: z.int().min(1).max(1_000),
  }),
  /** Gives a mark, a note, or both, or takes them off; what is left out stays as it is. */
  setMark: z.strictObject({
    capture,
    entry: z.int().min(1),
    marked: z.boolean().exactOptional(),
    note: z.string().max(1_000).exactOptional(),
  }),
  /**
   * Sends what a person wrote to a machine, as a frame with that head (`machine`: the one it uses), or bytes as they are, wrong on
   * purpose if they like. Nothing judges it; the reply is the next frame of the machine. `to`: in the name of a relayed machine to its server;
   * left out: to the machine.
   */
  sendFrame: z.strictObject({
    vmcNo,
    to: z.literal('server').exactOptional(),
    content: z.discriminatedUnion('as', [
      z.strictObject({
        as: z.literal('text'),
        text: z.string().min(1).max(9_987),
        head: z.enum(['machine', 'decimal', 'le48']),
      }),
      z.strictObject({ as: z.literal('bytes'), hex: z.string().regex(/^(?:[0-9a-f]{2}){1,65536}$/) }),
    ]),
  }),
  /** Asks for a file and writes all frames of the filter to it; the feed tells how far it is. `null`: no file was chosen. */
  exportFrames: z.strictObject({
    capture,
    filter: frameFilter,
    format: z.enum(exportFormats),
    /** Only these entries; left out: all the filter lets through. */
    ids: z.array(z.int().min(1)).max(100_000).exactOptional(),
    /** For findings, ends of connections and marks (main/jobs/words.ts says which); empty: codes. */
    words: z
      .record(z.string().max(60), z.string().max(500))
      .refine((words) => Object.keys(words).length <= 500),
  }),
  ...replayRequests,
  /** Asks for a place and writes the dissector for Wireshark there; `null`: none was chosen. */
  saveDissector: nothing,
  /** Asks for a pcap, pcapng or JSONL file and reads it in; the feed tells how far it is. `null`: no file was chosen. */
  openCapture: nothing,
  closeCapture: z.strictObject({ id: z.int().min(1) }),
  /** The machines of a capture, with their state at its end. */
  captureSnapshot: z.strictObject({ id: z.int().min(1) }),
  cancelJob: z.strictObject({ id: z.int().min(1) }),
  /** A page of the error history, newest first. */
  faults: z.strictObject({
    capture,
    vmcNo: vmcNo.nullable(),
    activeOnly: z.boolean(),
    /** Of this code alone, whatever its spelling; that began within these times. */
    code: z.string().min(1).max(10_000).nullable().exactOptional(),
    during: z.strictObject({ from: z.number(), to: z.number() }).nullable().exactOptional(),
    before: z.strictObject({ setAt: z.int(), id: z.int().min(1) }).nullable(),
    limit: z.int().min(1).max(500),
  }),
  /** What they come to, by code and by day (those of the code alone). */
  faultSums: z.strictObject({
    capture,
    vmcNo: vmcNo.nullable(),
    code: z.string().min(1).max(10_000).nullable(),
  }),
  /** A person says that an active error is over, and why; its machine has not said so. */
  closeFault: z.strictObject({ vmcNo, fault: z.int().min(1), note: z.string().trim().min(1).max(500) }),
  /** Pages of the histories, newest first. */
  orders: z.strictObject({
    ...page,
    before: z.strictObject({ at: z.int(), entry: z.int().min(1) }).nullable(),
    during: z.strictObject({ from: z.int(), to: z.int() }).exactOptional(),
  }),
  /** What they come to in a span of time; `null`: without an end. */
  orderSums: z.strictObject({
    capture,
    vmcNo: vmcNo.nullable(),
    from: z.int().nullable(),
    to: z.int().nullable(),
  }),
  /** Asks for a place and writes what the window shows there as CSV; `null`: none was chosen. */
  saveTable: z.strictObject({
    name: z.string().regex(/^[\w-][\w.-]{0,79}\.csv$/),
    rows: z.array(z.array(z.string().max(1_000)).max(40)).max(5_000),
  }),
  /** The newest orders with this text in their number. */
  findOrders: z.strictObject({ capture, text: z.string().min(1).max(64), limit: z.int().min(1).max(50) }),
  /** Of each machine since then: orders that it has told to be made or failed. */
  orderCounts: z.strictObject({ capture, since: z.int() }),
  commands: z.strictObject(page),
  /** What was wrong with a machine and when, newest first; what is so still among them. */
  diagnoses: z.strictObject({ vmcNo, limit: page.limit }),
  /** Gives a command; its input is checked against the catalogue's row. */
  command: z.strictObject({
    vmcNo,
    name: z.enum(commandNames as [CommandName, ...CommandName[]]),
    input: z.record(z.string().max(64), z.json()),
  }),
  /** Takes back a command that was not sent yet. */
  cancelCommand: z.strictObject({ id: z.int().min(1) }),
  /** How much longer a command that was not sent yet may wait for its machine, ms. */
  setCommandWait: z.strictObject({ id: z.int().min(1), wait: z.int().min(1_000).max(86_400_000) }),
  ...runRequests,
  /** A page, newest first. */
  runs: z.strictObject({ before: page.before, limit: page.limit }),
  /** Its machines, in the order in which they were chosen. */
  runLines: z.strictObject({ run: z.int().min(1) }),
  /** Keeps a sequence in the place of the one that was called `before` (`null`: of none), or (`null`) takes that out. */
  keepSequence: z.strictObject({
    before: z.string().max(longestErrorText).nullable(),
    sequence: ownSequence.nullable(),
  }),
  /** Asks for a place and writes the workshop's own there; `null`: none was chosen. */
  exportSequences: nothing,
  /** Asks for such a file and takes over what fits; `null`: none was chosen. */
  importSequences: nothing,
  ...packageRequests,
  clearVisits: nothing,
  testDownloads: nothing,
  journalSize: nothing,
  /** Sets a journal of another version aside and begins a new one. */
  beginJournal: nothing,
  setSettings: patchOf(settingRows),
  /** Asks for a place and writes the own entries of the catalogue there; `null`: none was chosen. */
  exportOwnErrors: nothing,
  /** Asks for a place and writes what the workshop says of products there; `null`: none was chosen. */
  exportProducts: nothing,
  /** Asks for such a file and takes what is in it; `null`: none was chosen. */
  importProducts: nothing,
  /** Asks for such a file and takes over what fits; `null`: none was chosen. */
  importOwnErrors: nothing,
  /**
   * `link` null: every machine is served again; otherwise others that are connected are let go. `host`: machines are listened for there
   * alone; `null`: where they are.
   */
  setDirectLink: z.strictObject({
    link: z.strictObject({ vmcNo: vmcNo.nullable(), tells: z.boolean() }).nullable(),
    host: host.nullable(),
  }),
  /** Machines that Crema calls from now on, and no others. */
  setDials: z.strictObject({ dials: z.array(dialTarget).max(mostDials) }),
  ...relayRequests,
  /** One that waits is called at once. */
  dialNow: dialTarget,
  setMachine: z.strictObject({ vmcNo, patch: patchOf(machineSettingRows) }),
  /** 8 characters [doc]; `null` removes the stored code. */
  setMachineCode: z.strictObject({ vmcNo, code: z.string().length(codeLength).nullable() }),
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
  /** Changes what the preview of that number told. */
  takeRegistry: z.strictObject({ id: z.int().min(1) }),
  disconnect: z.strictObject({ vmcNo }),
  /** Takes an offline machine off the list. */
  forgetMachine: z.strictObject({ vmcNo }),
  simulate: simulateRequest,
  simulatorFault: z.strictObject({ vmcNo: vmcNo.nullable(), fault: z.enum(misbehaviours), on: z.boolean() }),
  simulatorAnswers: z.strictObject({ vmcNo, answering: z.enum(answerings) }),
  /** One more window of the same app, for a second screen. */
  openWindow: nothing,
  /** A picture of a chart, as PNG. */
  copyImage: z.strictObject({ png: z.instanceof(Uint8Array).refine(({ length }) => length <= 20_000_000) }),
  copyText: z.strictObject({ text: z.string().max(1_000_000) }),
  /** Asks for a place and writes what this window shows for paper there, as PDF; `null`: none was chosen. */
  saveSheet: nothing,
  /** One of the doctor's checks; it changes nothing. */
  checkComputer: z.strictObject({ check: z.enum(checkNames) }),
  /** A part of the window could not be drawn: it is written to the log, at most 20 in a minute. */
  reportProblem: z.strictObject({ where: z.string().max(200), detail: z.string().max(4_000) }),
  /** In the system's file manager. */
  openLogFolder: nothing,
  about: nothing,
  /** Of everything that is shipped, by name. */
  licences: nothing,
  /** In the system's file manager. */
  openDataFolder: nothing,
  /** Chromium's own are a page of their own, for a browser. */
  openChromiumLicences: nothing,
  /** What was written about something that stopped working. */
  crashNote: z.strictObject({ id: z.string().regex(crashIdForm) }),
  /** A person has seen what stopped working: nobody is told again. */
  crashesSeen: nothing,
  /** Begins a support file: all but the frames is put together; the feed tells how far it is. */
  supportCollect: nothing,
  /** Puts the last hours of machines into it (`null`: of all), or (hours 0) takes them out again. */
  supportFrames: z.strictObject({
    hours: z.int().min(0).max(supportHours),
    machines: z.array(vmcNo).min(1).max(500).nullable(),
  }),
  /** Asks for a place and writes the ZIP there; `null`: none was chosen. */
  supportSave: z.strictObject({ without: z.array(z.enum(optionalSupport)).max(optionalSupport.length) }),
  /** Gives up what is being done for it; what was put together before stays. */
  supportCancel: nothing,
  /** Nobody looks at it any more. */
  supportEnd: nothing,
  /** What can be shown of a file that a machine sent; `id`: of the command that asked for it. */
  fetchedContent: z.strictObject({ id: z.int().min(1) }),
  /** Asks for a place and copies it there; `null`: none was chosen. */
  saveFetched: z.strictObject({ id: z.int().min(1) }),
  /** Takes it into the library of packages. */
  backUpFetched: z.strictObject({ id: z.int().min(1) }),
  removeFetched: z.strictObject({ id: z.int().min(1) }),
  /** A page of the audit trail, newest first. */
  audit: z.strictObject({
    filter: auditFilterSchema,
    before: z.int().min(1).nullable(),
    limit: z.int().min(1).max(500),
  }),
  /** Asks for a place and writes all that the filter lets through there; JSONL as it stands in the file. `null`: none was chosen. */
  exportAudit: z.strictObject({
    filter: auditFilterSchema,
    as: z.enum(['csv', 'jsonl']),
    /** For CSV (main/audit/table.ts says which); what has none is written as its code. */
    words: z
      .record(z.string().max(60), z.string().max(300))
      .refine((words) => Object.keys(words).length <= 500),
  }),
} as const satisfies Record<Verb, z.ZodType>;

export type { MachineDetail };

interface Results extends PackageResults, ReplayResults {
  snapshot: Snapshot;
  adapters: readonly Adapter[];
  listen: null;
  listenOn: null;
  followAdapter: null;
  retryListen: null;
  stopListening: null;
  /** `null`: Crema does not listen. */
  selfTest: SelfTest | null;
  watchMachine: MachineDetail | null;
  followFrames: FramePage | null;
  frames: FramePage;
  countFrames: FrameCount;
  frame: FrameDetail;
  relations: Relations;
  activity: Activity;
  setMark: null;
  /** The entry it was recorded as. */
  sendFrame: { readonly id: number };
  exportFrames: Job | null;
  /** The name of the file. */
  saveDissector: string | null;
  openCapture: Job | null;
  closeCapture: null;
  captureSnapshot: CaptureSnapshot;
  cancelJob: null;
  faults: readonly Fault[];
  faultSums: FaultSums;
  closeFault: null;
  orders: readonly OrderRecord[];
  findOrders: readonly OrderRecord[];
  orderCounts: OrderCounts;
  orderSums: OrderSums;
  /** The name of the file. */
  saveTable: string | null;
  commands: readonly Command[];
  diagnoses: readonly Diagnosis[];
  command: Command;
  cancelCommand: null;
  setCommandWait: null;
  previewRun: readonly RunPreview[];
  startRun: Run;
  controlRun: null;
  answerRun: null;
  runCommands: readonly Command[];
  retryRun: Run;
  wayBack: WayBack;
  goBack: readonly Run[];
  runs: readonly Run[];
  runLines: readonly RunLine[];
  keepSequence: null;
  /** The name of the file. */
  exportSequences: string | null;
  importSequences: SequencesImport | null;
  clearVisits: null;
  testDownloads: null;
  journalSize: JournalSize;
  beginJournal: null;
  setSettings: null;
  /** The name of the file. */
  exportOwnErrors: string | null;
  importOwnErrors: OwnErrorsImport | null;
  /** The name of the file. */
  exportProducts: string | null;
  importProducts: ProductsImport | null;
  setDirectLink: null;
  setDials: null;
  setRelay: null;
  retryUpstream: null;
  releaseHeld: null;
  dialNow: null;
  setMachine: null;
  setMachineCode: { readonly codeStored: CodeStored };
  setMachinePhoto: null;
  /** The name of the file, and how many machines stand in it. */
  exportRegistry: { readonly file: string; readonly machines: number } | null;
  readRegistry: RegistryPreview | null;
  readTable: TableFile | null;
  /** How many machines were changed. */
  takeRegistry: { readonly machines: number };
  disconnect: null;
  forgetMachine: null;
  simulate: null;
  simulatorFault: null;
  simulatorAnswers: null;
  openWindow: null;
  copyText: null;
  copyImage: null;
  /** The name of the file. */
  saveSheet: string | null;
  checkComputer: readonly DoctorResult[];
  reportProblem: null;
  openLogFolder: null;
  about: About;
  licences: readonly Licence[];
  openDataFolder: null;
  openChromiumLicences: null;
  crashNote: { readonly text: string; readonly file: string };
  crashesSeen: null;
  supportCollect: null;
  supportFrames: null;
  /** The name of the file. */
  supportSave: string | null;
  supportCancel: null;
  supportEnd: null;
  fetchedContent: FetchedContent;
  /** The name of the file. */
  saveFetched: string | null;
  backUpFetched: UpgradePackage;
  removeFetched: null;
  audit: AuditPage;
  /** The name of the file. */
  exportAudit: string | null;
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
