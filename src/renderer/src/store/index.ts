/** The window's state. Changed by the bridge (what main says) and by a few intents (where the person is). */
import { create, type StateCreator } from 'zustand';
import type { FeedBatch, Listeners, Snapshot, UnnamedLink } from '#shared/contract/feed';
import type { MachineDetail } from '#shared/contract/requests';
import type { FrameRow } from '#shared/model/frame';
import type { Fault } from '#shared/model/history';
import type { Adapter } from '#shared/model/listener';
import { defaultMachineConfig, type MachineConfig, type MachineRow } from '#shared/model/machine';
import { defaultSettings, type Settings } from '#shared/model/settings';
import type { SimulatorState } from '#shared/model/simulator';
import { addFrames, emptyLog, type FrameLog } from './frames';
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
}
interface MachinesSlice {
  readonly rows: Rows;
  readonly list: MachineOrder;
  readonly configs: Readonly<Record<number, MachineConfig>>;
}
interface WatchSlice {
  readonly watched: number | null;
  readonly detail: MachineDetail | null;
  readonly frames: FrameLog;
  /** The frame that is looked at, by its id; it need not be among `frames`. */
  readonly openFrame: number | null;
  /** A frame to open as soon as its machine is watched. */
  readonly wantedFrame: { readonly vmcNo: number; readonly id: number } | null;
}
interface HistorySlice {
  /** Faults that changed, as of the last batch that named any. Views of the history take them from here. */
  readonly faultNews: readonly Fault[];
}
interface PlaceSlice {
  readonly route: Route;
}
export type CremaState = AppSlice & MachinesSlice & WatchSlice & HistorySlice & PlaceSlice;

const off = { status: 'off' } as const;
const appSlice: StateCreator<CremaState, [], [], AppSlice> = () => ({
  about: null,
  settings: defaultSettings,
  listeners: { machines: off, updates: off },
  adapters: [],
  simulator: { running: 0, connected: 0, seed: 0, platform: 'mixed', misbehaviours: [] },
  unnamed: [],
});
const machinesSlice: StateCreator<CremaState, [], [], MachinesSlice> = () => ({
  rows: new Map(),
  list: emptyOrder,
  configs: {},
});
const watchSlice: StateCreator<CremaState, [], [], WatchSlice> = () => ({
  watched: null,
  detail: null,
  frames: emptyLog,
  openFrame: null,
  wantedFrame: null,
});
const historySlice: StateCreator<CremaState, [], [], HistorySlice> = () => ({ faultNews: [] });
const placeSlice: StateCreator<CremaState, [], [], PlaceSlice> = () => ({ route: { screen: 'connect' } });

export const useCrema = create<CremaState>()((...args) => ({
  ...appSlice(...args),
  ...machinesSlice(...args),
  ...watchSlice(...args),
  ...historySlice(...args),
  ...placeSlice(...args),
}));
const { getState, setState } = useCrema;

/** Everything anew; rows that say the same keep their identity. */
export function applySnapshot(snapshot: Snapshot, now: number): void {
  const { rows: before, list } = getState();
  const present = new Set(snapshot.machines.map((row) => row.vmcNo));
  const gone = [...before.keys()].filter((vmcNo) => !present.has(vmcNo));
  const rows = applyRows(before, snapshot.machines, gone);
  const { appVersion, platformName, systemLanguage, languageSwitch } = snapshot;
  const { settings, listeners, simulator, unnamed, configs } = snapshot;
  setState({
    about: { appVersion, platformName, systemLanguage, languageSwitch },
    settings,
    listeners,
    simulator,
    unnamed,
    configs,
    rows,
    list: orderMachines(rows, now, list),
  });
}

/** Only what the batch names. */
export function applyBatch(batch: FeedBatch, now: number): void {
  const state = getState();
  const { settings, listeners, simulator, unnamed, configs, faults } = batch;
  setState({
    ...(settings && { settings }),
    ...(listeners && { listeners }),
    ...(simulator && { simulator }),
    ...(unnamed && { unnamed }),
    ...(configs && { configs }),
    ...(faults && { faultNews: faults }),
    ...machinesAfter(state, batch, now),
    ...watchAfter(state, batch),
  });
}

function machinesAfter(state: CremaState, batch: FeedBatch, now: number): Partial<MachinesSlice> {
  if (batch.machines === undefined && batch.forgotten === undefined) return {};
  const rows = applyRows(state.rows, batch.machines ?? [], batch.forgotten);
  return rows === state.rows ? {} : { rows, list: orderMachines(rows, now, state.list) };
}

function watchAfter({ watched, frames }: CremaState, batch: FeedBatch): Partial<WatchSlice> {
  const { detail } = batch;
  const news = batch.frames?.vmcNo === watched ? batch.frames : undefined;
  return {
    ...(detail?.state.vmcNo === watched ? { detail } : {}),
    ...(news && { frames: addFrames(frames, news.rows, news.skipped) }),
  };
}

/** Silence and the like come with time alone. */
export function tick(now: number): void {
  const { rows, list } = getState();
  const next = orderMachines(rows, now, list);
  if (next !== list) setState({ list: next });
}

export function watchBegins(vmcNo: number | null): void {
  const { wantedFrame } = getState();
  const wanted = wantedFrame?.vmcNo === vmcNo ? wantedFrame.id : null;
  setState({ watched: vmcNo, detail: null, frames: emptyLog, openFrame: wanted });
}

/** The answer to a watch. A detail that came with the feed meanwhile is newer and stays. */
export function watchAnswered(
  vmcNo: number,
  answer: { detail: MachineDetail; frames: readonly FrameRow[] },
): void {
  const { watched, detail, frames } = getState();
  if (watched !== vmcNo) return;
  setState({
    detail: detail ?? answer.detail,
    frames: addFrames(frames, answer.frames, 0),
    wantedFrame: null,
  });
}

export const setAdapters = (adapters: readonly Adapter[]): void => {
  if (JSON.stringify(adapters) !== JSON.stringify(getState().adapters)) setState({ adapters });
};
/** What the window speaks: the command line wins over the choice, the choice over the system. */
export function languageOf({ about, settings }: CremaState): 'en' | 'zh-CN' {
  const chosen = settings.language === 'system' ? (about?.systemLanguage ?? 'en') : settings.language;
  return about?.languageSwitch ?? chosen;
}

export const openFrame = (id: number | null): void => setState({ openFrame: id });
/** Opens a frame of a machine that need not be watched yet. */
export const openFrameOf = (vmcNo: number, id: number): void =>
  setState(getState().watched === vmcNo ? { openFrame: id } : { wantedFrame: { vmcNo, id } });
export const setRoute = (route: Route): void => setState({ route });

export const useRow = (vmcNo: number): MachineRow | undefined => useCrema((state) => state.rows.get(vmcNo));
export const useConfig = (vmcNo: number): MachineConfig =>
  useCrema((state) => state.configs[vmcNo] ?? defaultMachineConfig);
