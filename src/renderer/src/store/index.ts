/** The window's state. Changed by the bridge (what main says) and by a few intents (where the person is). */
import { create, type StateCreator } from 'zustand';
import type { FeedBatch, Listeners, Snapshot, UnnamedLink } from '#shared/contract/feed';
import type { MachineDetail } from '#shared/contract/requests';
import { openStates, type Command } from '#shared/model/command';
import type { Fault, OrderRecord } from '#shared/model/history';
import type { Capture, Job } from '#shared/model/capture';
import { everyFrame, type FrameFilter } from '#shared/filter/frames';
import type { JournalStatus, Mark } from '#shared/model/journal';
import type { Adapter } from '#shared/model/listener';
import { defaultMachineConfig, type MachineConfig, type MachineRow } from '#shared/model/machine';
import { defaultSettings, type Settings } from '#shared/model/settings';
import type { SimulatorState } from '#shared/model/simulator';
import type { Staging, Transfer, UpgradePackage } from '#shared/model/upgrade';
import { applyRows, emptyOrder, orderMachines, type MachineOrder, type Rows } from './machines';
import type { Route } from './route';

export interface About {
  readonly appVersion: string;
  readonly platformName: string;
  readonly systemLanguage: 'en' | 'zh-CN';
  readonly languageSwitch: 'en' | 'zh-CN' | null;
}

interface AppSlice {
  /** `null` until the first snapshot. */
  readonly about: About | null;
  readonly settings: Settings;
  readonly listeners: Listeners;
  readonly adapters: readonly Adapter[];
  readonly simulator: SimulatorState;
  readonly unnamed: readonly UnnamedLink[];
  readonly journal: JournalStatus;
  readonly jobs: readonly Job[];
  readonly captures: readonly Capture[];
}
interface MachinesSlice {
  readonly rows: Rows;
  readonly list: MachineOrder;
  readonly configs: Readonly<Record<number, MachineConfig>>;
}
interface WatchSlice {
  readonly watched: number | null;
  readonly detail: MachineDetail | null;
}
/** What changed, as of the last batch that named any. Views of the histories and lists take it from here. */
interface NewsSlice {
  readonly faultNews: readonly Fault[];
  readonly orderNews: readonly OrderRecord[];
  readonly commandNews: readonly Command[];
  readonly frameNews: NonNullable<FeedBatch['frames']>;
  readonly markNews: readonly Mark[];
  /** A frame to open as soon as a list of frames is there: evidence that was clicked elsewhere. */
  readonly wantedFrame: number | null;
}
interface CommandsSlice {
  /** Queued or sent, oldest first. */
  readonly running: readonly Command[];
}
interface UpgradeSlice {
  readonly packages: readonly UpgradePackage[];
  readonly staging: Staging | null;
  readonly transfers: readonly Transfer[];
}
interface PlaceSlice {
  readonly route: Route;
  /** The opened capture that the window shows; `null`: what is live. */
  readonly source: number | null;
  /** What the list of frames on the screen shows, for whoever exports it. */
  readonly followed: FrameFilter;
  /** Entries selected in the list, for what is done with some of them. */
  readonly selectedFrames: readonly number[];
  /** All of them stood on the wire. */
  readonly selectedAreFrames: boolean;
  /** The person is asked what to export. `listed`: they come from all that the list shows. */
  readonly exporting: 'chosen' | 'listed' | null;
}
export type CremaState = AppSlice &
  MachinesSlice &
  WatchSlice &
  NewsSlice &
  CommandsSlice &
  UpgradeSlice &
  PlaceSlice;

const off = { status: 'off' } as const;
const appSlice: StateCreator<CremaState, [], [], AppSlice> = () => ({
  about: null,
  settings: defaultSettings,
  listeners: { machines: off, updates: off },
  adapters: [],
  simulator: { running: 0, connected: 0, seed: 0, platform: 'mixed', misbehaviours: [] },
  unnamed: [],
  journal: { status: 'closed' },
  jobs: [],
  captures: [],
});
const machinesSlice: StateCreator<CremaState, [], [], MachinesSlice> = () => ({
  rows: new Map(),
  list: emptyOrder,
  configs: {},
});
const watchSlice: StateCreator<CremaState, [], [], WatchSlice> = () => ({ watched: null, detail: null });
const newsSlice: StateCreator<CremaState, [], [], NewsSlice> = () => ({
  faultNews: [],
  orderNews: [],
  commandNews: [],
  frameNews: { token: 0, rows: [], skipped: 0, named: [] },
  markNews: [],
  wantedFrame: null,
});
const commandsSlice: StateCreator<CremaState, [], [], CommandsSlice> = () => ({ running: [] });
const upgradeSlice: StateCreator<CremaState, [], [], UpgradeSlice> = () => ({
  packages: [],
  staging: null,
  transfers: [],
});
const placeSlice: StateCreator<CremaState, [], [], PlaceSlice> = () => ({
  route: { screen: 'connect' },
  source: null,
  followed: everyFrame,
  selectedFrames: [],
  selectedAreFrames: true,
  exporting: null,
});

export const useCrema = create<CremaState>()((...args) => ({
  ...appSlice(...args),
  ...machinesSlice(...args),
  ...watchSlice(...args),
  ...newsSlice(...args),
  ...commandsSlice(...args),
  ...upgradeSlice(...args),
  ...placeSlice(...args),
}));
const { getState, setState } = useCrema;

/** Everything anew, and live; rows that say the same keep their identity. */
export function applySnapshot(snapshot: Snapshot, now: number): void {
  const { rows: before, list, source } = getState();
  const present = new Set(snapshot.machines.map((row) => row.vmcNo));
  const gone = [...before.keys()].filter((vmcNo) => !present.has(vmcNo));
  const rows = applyRows(before, snapshot.machines, gone);
  const { appVersion, platformName, systemLanguage, languageSwitch } = snapshot;
  const { settings, listeners, simulator, unnamed, configs } = snapshot;
  const { running, packages, staging, transfers, journal, jobs, captures } = snapshot;
  setState({
    about: { appVersion, platformName, systemLanguage, languageSwitch },
    settings,
    listeners,
    simulator,
    unnamed,
    configs,
    running,
    packages,
    staging,
    journal,
    jobs,
    captures,
    transfers,
    rows,
    list: orderMachines(rows, now, list),
    ...(source !== null && { source: null, watched: null, detail: null, wantedFrame: null }),
  });
}

/** Only what the batch names. While a capture is shown, what is said of machines is left: Live begins with a new snapshot. */
export function applyBatch(batch: FeedBatch, now: number): void {
  const state = getState();
  const { settings, listeners, simulator, unnamed, journal } = batch;
  const { jobs, captures, packages, staging, transfers } = batch;
  setState({
    ...(settings && { settings }),
    ...(listeners && { listeners }),
    ...(simulator && { simulator }),
    ...(unnamed && { unnamed }),
    ...(packages && { packages }),
    ...(journal && { journal }),
    ...(jobs && { jobs }),
    ...(captures && { captures }),
    ...(staging !== undefined && { staging }),
    ...(transfers && { transfers }),
    ...marksAfter(state, batch),
    ...(state.source === null && liveAfter(state, batch, now)),
  });
}

function liveAfter(state: CremaState, batch: FeedBatch, now: number): Partial<CremaState> {
  const { configs, faults, orders, commands, frames } = batch;
  return {
    ...(configs && { configs }),
    ...(faults && { faultNews: faults }),
    ...(orders && { orderNews: orders }),
    ...(commands && { commandNews: commands, running: runningAfter(state.running, commands) }),
    ...(frames && { frameNews: frames }),
    ...machinesAfter(state, batch, now),
    ...watchAfter(state, batch),
  };
}

/** Those of what the window shows. */
function marksAfter({ source }: CremaState, { marks }: FeedBatch): Partial<NewsSlice> {
  const mine = (marks ?? []).filter(({ capture }) => capture === source);
  return mine.length === 0 ? {} : { markNews: mine.map(({ mark }) => mark) };
}

function machinesAfter(state: CremaState, batch: FeedBatch, now: number): Partial<MachinesSlice> {
  if (batch.machines === undefined && batch.forgotten === undefined) return {};
  const rows = applyRows(state.rows, batch.machines ?? [], batch.forgotten);
  return rows === state.rows ? {} : { rows, list: orderMachines(rows, now, state.list) };
}

function watchAfter({ watched }: CremaState, { detail }: FeedBatch): Partial<WatchSlice> {
  return detail?.state.vmcNo === watched ? { detail } : {};
}

function runningAfter(running: readonly Command[], changed: readonly Command[]): readonly Command[] {
  const byId = new Map(running.map((command) => [command.id, command]));
  for (const command of changed) {
    if (openStates.has(command.state)) byId.set(command.id, command);
    else byId.delete(command.id);
  }
  return [...byId.values()].toSorted((a, b) => a.id - b.id);
}

/** Silence and the like come with time alone, which stands still in a capture. */
export function tick(now: number): void {
  const { rows, list, source } = getState();
  if (source !== null) return;
  const next = orderMachines(rows, now, list);
  if (next !== list) setState({ list: next });
}

export const watchBegins = (vmcNo: number | null): void => setState({ watched: vmcNo, detail: null });

/** The answer to a watch. A detail that came with the feed meanwhile is newer and stays. */
export function watchAnswered(vmcNo: number, answer: MachineDetail): void {
  const { watched, detail } = getState();
  if (watched === vmcNo) setState({ detail: detail ?? answer });
}

/** What is known of the watched machine has changed, in a capture that is still being read. */
export function watchRenewed(vmcNo: number, detail: MachineDetail): void {
  if (getState().watched === vmcNo) setState({ detail });
}

export const setAdapters = (adapters: readonly Adapter[]): void => {
  if (JSON.stringify(adapters) !== JSON.stringify(getState().adapters)) setState({ adapters });
};
/** What the window speaks: the command line wins over the choice, the choice over the system. */
export function languageOf({ about, settings }: CremaState): 'en' | 'zh-CN' {
  const chosen = settings.language === 'system' ? (about?.systemLanguage ?? 'en') : settings.language;
  return about?.languageSwitch ?? chosen;
}

/** The next list of frames opens this one, or none. */
export const wantFrame = (id: number | null): void => setState({ wantedFrame: id });
export const askExport = (exporting: CremaState['exporting']): void => setState({ exporting });
export const selectFrames = (selectedFrames: readonly number[], selectedAreFrames: boolean): void =>
  setState({ selectedFrames, selectedAreFrames });
export const setFollowed = (followed: FrameFilter): void => setState({ followed });
export const setRoute = (route: Route): void => setState({ route });

export const useRow = (vmcNo: number): MachineRow | undefined => useCrema((state) => state.rows.get(vmcNo));
export const useConfig = (vmcNo: number): MachineConfig =>
  useCrema((state) => state.configs[vmcNo] ?? defaultMachineConfig);
