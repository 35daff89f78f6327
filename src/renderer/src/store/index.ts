/** The window's state, changed by the bridge (data from the main process) and by actions of the person (route, selection). */
import { useMemo } from 'react';
import { create, type StateCreator } from 'zustand';
import type { CommandName } from '#shared/commands/index';
import type { AppFacts, FeedBatch, FollowedFrames, Snapshot } from '#shared/contract/feed';
import { live, livePartsOf, type NewsPart, type RowOf } from '#shared/contract/live';
import { afterBatch, batchTo, emptyReplica, type Replica } from '#shared/contract/replica';
import { everyFrame, type FrameFilter } from '#shared/filter/frames';
import type { Adapter } from '#shared/model/listener';
import type { Command } from '#shared/model/command';
import type { JsonObject } from '#shared/model/json';
import { mayBeRelayed } from '#shared/model/relay';
import type { OwnText, Sequence } from '#shared/model/sequence';
import { defaultMachineConfig, type MachineConfig, type MachineRow } from '#shared/model/machine';
import {
  countsOf,
  emptyOrder,
  orderMachines,
  withoutCommands,
  type MachineOrder,
  type Only,
} from './machines';
import { readRemembered, remember } from './remembered';
import type { Route } from './route';
import { inForce, withoutUnasked, withUnasked, type Unasked } from './unasked';
import type { MachineDetail } from '#shared/contract/detail';

/** The changes of the last batch that had any. Views of histories and lists take them from here. */
type News = { readonly [P in NewsPart]: readonly RowOf<P>[] };
/** The store's copy of all live parts (contract/live.ts), updated by snapshots and batches. */
type LiveSlice = Replica & { readonly news: News };
const newsParts = livePartsOf('news');

export const initialLive: LiveSlice = {
  ...emptyReplica,
  news: Object.fromEntries(newsParts.map((part) => [part, []])) as unknown as News,
};

interface AppSlice {
  /** `null` until the first snapshot. */
  readonly about: AppFacts | null;
  readonly adapters: readonly Adapter[];
  /** The order and statuses of `machines` in their list. */
  readonly list: MachineOrder;
  /** Ended commands whose lines the person dismissed, until the window closes. `machines` lacks them. */
  readonly dismissed: ReadonlySet<number>;
}
interface WatchSlice {
  readonly watched: number | null;
  readonly detail: MachineDetail | null;
  /** New rows of the followed frame list, as of the last batch with rows. */
  readonly frameNews: FollowedFrames;
  /** A frame to open as soon as a frame list is shown, such as evidence from another screen. */
  readonly wantedFrame: number | null;
  /** See `missFrame`. */
  readonly missedFrame: number | null;
}
interface WantedCommand {
  readonly name: CommandName;
  /** The machine's page was opened for the command. */
  readonly opensPage: boolean;
}
/**
 * A command or procedure that a person is about to start. No `machines`: they are chosen first. `sequence` null: a command, or a sequence still
 * to be chosen. A sequence without a name: the steps of a batch command.
 */
export interface RunWish {
  readonly machines: readonly number[];
  readonly sequence: Sequence | null;
  /** Instead of a sequence: one complete command, from a screen that shows its own runs. */
  readonly command?: { readonly name: CommandName; readonly input: JsonObject; readonly title: OwnText };
  readonly onStarted?: () => void;
}
/** Frames that another screen wants to export. */
interface GivenFrames {
  readonly filter: FrameFilter;
  /** Their texts for the dialog. */
  readonly label: string;
}
/** The tour of the window (features/tour). */
export interface Tour {
  readonly step: number;
  /** It started the virtual machines, and removes them at its end. */
  readonly ownsMachines: boolean;
}
interface PlaceSlice {
  readonly route: Route;
  /** Which machines the list and the table show. */
  readonly only: Only;
  /** The opened capture that the window shows; `null`: live data. */
  readonly source: number | null;
  /** The machines of all sites are shown, beside live data. */
  readonly allSites: boolean;
  /** The journals of other sites that have a tab. */
  readonly openSites: readonly number[];
  /** The filter of the shown frame list, for an export. */
  readonly followed: FrameFilter;
  /** Entries selected in the list, for actions on some of them. */
  readonly selectedFrames: readonly number[];
  /** All of them are frames or bytes on the wire. */
  readonly selectedAreFrames: boolean;
  /** A command chosen on another screen, for the machine whose page is shown. */
  readonly wantedCommand: WantedCommand | null;
  /** Commands that are sent without a question for a while. */
  readonly unasked: readonly Unasked[];
  /** An order chosen on another screen: the order list searches for it. */
  readonly wantedOrder: string | null;
  /** A setting chosen on another screen: the settings screen shows it. */
  readonly wantedSetting: string | null;
  /** The doctor must check this computer as soon as its panel is shown. */
  readonly wantsDoctor: boolean;
  /** The export dialog is open. `listed`: for all entries that match the list's filter. */
  readonly exporting: 'chosen' | 'listed' | GivenFrames | null;
  /** The replay view is open. */
  readonly replaying: boolean;
  /** The support file's dialog is open. */
  readonly supporting: boolean;
  /** `null`: no run is being started. */
  readonly starting: RunWish | null;
  /** The awaited machine number in Connect; `null`: any. It is not stored. */
  readonly expecting: number | null;
  /** `null`: not running. */
  readonly tour: Tour | null;
  /** A person has seen the tour or declined it, so it is not offered again. */
  readonly isTourSeen: boolean;
}
export type CremaState = AppSlice & LiveSlice & WatchSlice & PlaceSlice;

const appSlice: StateCreator<CremaState, [], [], AppSlice> = () => ({
  about: null,
  adapters: [],
  list: emptyOrder,
  dismissed: new Set(),
});
const watchSlice: StateCreator<CremaState, [], [], WatchSlice> = () => ({
  watched: null,
  detail: null,
  frameNews: { token: 0, rows: [], skipped: 0, named: [], gone: [] },
  wantedFrame: null,
  missedFrame: null,
});
/** The name under which it is stored. */
const tourSeen = 'tourSeen';
const placeSlice: StateCreator<CremaState, [], [], PlaceSlice> = () => ({
  route: { screen: 'connect' },
  only: 'all',
  source: null,
  allSites: false,
  openSites: [],
  followed: everyFrame,
  selectedFrames: [],
  selectedAreFrames: true,
  wantedCommand: null,
  unasked: [],
  wantedOrder: null,
  wantedSetting: null,
  wantsDoctor: false,
  exporting: null,
  replaying: false,
  supporting: false,
  starting: null,
  expecting: null,
  tour: null,
  isTourSeen: readRemembered(tourSeen) === true,
});

export const useCrema = create<CremaState>()((...args) => ({
  ...initialLive,
  ...appSlice(...args),
  ...watchSlice(...args),
  ...placeSlice(...args),
}));
const { getState, setState } = useCrema;

/** Ends dialogs about the shown source: numbers of entries and machines have another meaning in another source. */
export const askedOfSource = ({ replaying, replay }: CremaState): Partial<PlaceSlice> => ({
  exporting: null,
  starting: null,
  // A running replay is shown from any source.
  replaying: replaying && replay !== null,
});

/** Replaces everything and returns to live data; rows with equal content keep their identity. */
export function applySnapshot(snapshot: Snapshot, now: number): void {
  const state = getState();
  const { appVersion, build, platformName, systemLanguage, languageSwitch } = snapshot;
  const parts = afterBatch(state, batchTo(state, snapshot));
  const machines = withoutCommands(parts.machines ?? state.machines, state.dismissed);
  setState({
    ...parts,
    machines,
    about: { appVersion, build, platformName, systemLanguage, languageSwitch },
    list: orderMachines(machines, now, state.list),
    ...(state.source !== null && {
      source: null,
      watched: null,
      detail: null,
      wantedFrame: null,
      ...askedOfSource(state),
    }),
  });
}

/** Changes only the parts that the batch names. While a capture is shown, machine rows are skipped: Live begins with a new snapshot. */
export function applyBatch(batch: FeedBatch, now: number): void {
  const state = getState();
  const { source, watched, list } = state;
  const { frames, detail } = batch;
  const parts = afterBatch(state, batch, (part) => source === null || !live[part].ofMachines);
  const news = newsAfterBatch(batch, source);
  const machines = withoutCommands(parts.machines ?? state.machines, state.dismissed);
  setState({
    ...parts,
    ...(machines !== state.machines && { machines, list: orderMachines(machines, now, list) }),
    ...(news !== null && { news: { ...state.news, ...news } }),
    ...(source === null && frames !== undefined && { frameNews: frames }),
    ...(source === null && detail?.state.vmcNo === watched && { detail }),
  });
}

/** `source`: the shown capture. */
function newsAfterBatch(batch: FeedBatch, source: number | null): Partial<News> | null {
  const news: Record<string, unknown> = {};
  for (const part of newsParts) {
    const captureOf = live[part].captureOf as (row: unknown) => number | null;
    const mine = (batch[part] as readonly unknown[] | undefined)?.filter((row) => captureOf(row) === source);
    if (mine !== undefined && mine.length > 0) news[part] = mine;
  }
  return Object.keys(news).length === 0 ? null : news;
}

/** The person has seen how the command ended. */
export function dismissCommand(id: number): void {
  const { machines, list, dismissed: before } = getState();
  const dismissed = new Set([...before, id]);
  const rows = withoutCommands(machines, dismissed);
  setState({
    dismissed,
    ...(rows !== machines && { machines: rows, list: orderMachines(rows, Date.now(), list) }),
  });
}

/** Updates time-dependent states such as silence; in a capture the time does not advance. */
export function tick(now: number): void {
  const { machines, list, source, unasked } = getState();
  const left = inForce(unasked, now);
  if (left !== unasked) setState({ unasked: left });
  if (source !== null) return;
  const next = orderMachines(machines, now, list);
  if (next !== list) setState({ list: next });
}

export const watchBegins = (vmcNo: number | null): void => setState({ watched: vmcNo, detail: null });

/** Applies the answer to a watch. If the feed sent a detail meanwhile, that detail is newer and stays. */
export function watchAnswered(vmcNo: number, answer: MachineDetail): void {
  const { watched, detail } = getState();
  if (watched === vmcNo) setState({ detail: detail ?? answer });
}

/** The detail of the watched machine has changed, in a capture that is still being read. */
export function watchRenewed(vmcNo: number, detail: MachineDetail): void {
  if (getState().watched === vmcNo) setState({ detail });
}

export const expect = (expecting: number | null): void => setState({ expecting });

export const setAdapters = (adapters: readonly Adapter[]): void => {
  if (JSON.stringify(adapters) !== JSON.stringify(getState().adapters)) setState({ adapters });
};
/** The window's language: the command line wins over the choice, the choice over the system. */
export function languageOf({ about, settings }: CremaState): 'en' | 'zh-CN' {
  const chosen = settings.language === 'system' ? (about?.systemLanguage ?? 'en') : settings.language;
  return about?.languageSwitch ?? chosen;
}

/** The next frame list opens this frame; `null`: none. */
export const wantFrame = (id: number | null): void =>
  setState({ wantedFrame: id, ...(id !== null && { missedFrame: null }) });
/** The number of a link whose frame is in no records that are open here. A frame that is shown ends the message. */
export const missFrame = (missedFrame: number | null): void => setState({ missedFrame });
export const wantCommand = (wantedCommand: WantedCommand | null): void => setState({ wantedCommand });
export const stopAsking = (vmcNo: number, name: CommandName, now: number): void =>
  setState({ unasked: withUnasked(getState().unasked, vmcNo, name, now) });
export const askAgain = (vmcNo: number, name: CommandName): void =>
  setState({ unasked: withoutUnasked(getState().unasked, vmcNo, name) });
export const wantOrder = (wantedOrder: string | null): void => setState({ wantedOrder });
export const wantSetting = (wantedSetting: string | null): void => setState({ wantedSetting });
export const wantDoctor = (wantsDoctor: boolean): void => setState({ wantsDoctor });
export const askExport = (exporting: CremaState['exporting']): void => setState({ exporting });
export const askReplay = (replaying: boolean): void => setState({ replaying });
export const askSupport = (supporting: boolean): void => setState({ supporting });
export const askRun = (starting: RunWish | null): void => setState({ starting });
export const selectFrames = (selectedFrames: readonly number[], selectedAreFrames: boolean): void =>
  setState({ selectedFrames, selectedAreFrames });
export const setFollowed = (followed: FrameFilter): void => setState({ followed });
export const declineTour = (): void => {
  remember(tourSeen, true);
  setState({ isTourSeen: true });
};
export const setTour = (tour: Tour | null): void => {
  if (tour !== null) declineTour();
  setState({ tour });
};
export const setOnly = (only: Only): void => setState({ only });
/** The address of the table says which machines it shows. The list beside a machine shows the same. */
export const setRoute = (route: Route): void =>
  setState({
    route,
    ...(route.screen === 'machines' && route.vmcNo === null && { only: route.only ?? 'all' }),
  });

export const useRow = (vmcNo: number): MachineRow | undefined =>
  useCrema((state) => state.machines.get(vmcNo));
/** How many machines each chip and the top bar show. */
export function useCounts(): Readonly<Record<Only, number>> {
  const list = useCrema((state) => state.list);
  return useMemo(() => countsOf(list), [list]);
}
/** Its real server serves it, or will serve it when it connects. */
export const useMayBeRelayed = (vmcNo: number): boolean =>
  useCrema((state) => mayBeRelayed(state.settings.relay, vmcNo, state.machines.get(vmcNo)));
export const useConfig = (vmcNo: number): MachineConfig =>
  useCrema((state) => state.configs[vmcNo] ?? defaultMachineConfig);

/** Queued or sent commands, oldest first. */
export function useRunning(): readonly Command[] {
  const running = useCrema((state) => state.running);
  return useMemo(() => [...running.values()].toSorted((a, b) => a.id - b.id), [running]);
}
