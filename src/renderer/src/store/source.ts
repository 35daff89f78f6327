/** The source of the window's data: live, or an opened capture, which is a journal without connections. */
import type { Capture, CaptureSnapshot } from '#shared/model/capture';
import { defaultMachineConfig, type MachineConfig, type MachineRow } from '#shared/model/machine';
import { askedOfSource, useCrema, type CremaState } from './index';
import { live } from '#shared/contract/live';
import { applyChange } from '#shared/contract/replica';
import { screenRow } from '#shared/screens';
import { emptyOrder, orderMachines } from './machines';
import { formatRoute, machineTable, type Route } from './route';

/** Going there from a capture returns to Live. */
export const isOfLive = ({ screen }: Route): boolean => screenRow(screen).isLiveOnly === true;

/** The window shows a capture, so it can send and change nothing. */
export const isCapture = ({ source }: Pick<CremaState, 'source'>): boolean => source !== null;

/** The user's last place in each source. */
const places = new Map<number | null, Route>();
useCrema.subscribe(({ route, source }, before) => {
  const same = source === before.source && route !== before.route;
  if (same && !(source !== null && isOfLive(route))) places.set(source, route);
});

export function placeOf(source: number | null): Route {
  const first: Route = source === null ? machineTable('all') : { screen: 'inspector' };
  return places.get(source) ?? first;
}

/** A closed capture's number is never reused. */
export function forgetPlace(source: number): void {
  places.delete(source);
}

/** Shows a capture at the user's last place in it, or at its first place. */
export function applyCapture({ capture, machines }: CaptureSnapshot, route: Route): void {
  const rows = applyChange<MachineRow>(new Map(), { rows: machines }, live.machines);
  const state = useCrema.getState();
  const { captures } = state;
  useCrema.setState({
    ...(state.source !== capture.id && askedOfSource(state)),
    source: capture.id,
    allSites: false,
    route,
    machines: rows,
    list: orderMachines(rows, capture.to ?? 0, emptyOrder),
    configs: Object.fromEntries(machines.map(({ vmcNo, name }) => [vmcNo, named(name)])),
    running: new Map(),
    watched: null,
    detail: null,
    wantedFrame: null,
    missedFrame: null,
    // The feed may list the capture later than the answer that opened it.
    captures: captures.some(({ id }) => id === capture.id) ? captures : [...captures, capture],
  });
  if (formatRoute(route) !== window.location.hash) window.history.pushState(null, '', formatRoute(route));
}

/** Whether more of the file has been read. */
export const hasGrown = (before: Capture, after: Capture): boolean =>
  before.entries !== after.entries || before.reading.state !== after.reading.state;

/** The shown capture, if any. */
export const shownCapture = ({ captures, source }: Pick<CremaState, 'captures' | 'source'>): Capture | null =>
  captures.find(({ id }) => id === source) ?? null;

/** More of the shown capture was read: equal rows keep their identity. */
export function applyGrowth({ capture, machines }: CaptureSnapshot): void {
  const { source, machines: before, list } = useCrema.getState();
  if (source !== capture.id) return;
  const rows = applyChange(before, { rows: machines }, live.machines);
  if (rows === before) return;
  useCrema.setState({
    machines: rows,
    list: orderMachines(rows, capture.to ?? 0, list),
    configs: Object.fromEntries(machines.map(({ vmcNo, name }) => [vmcNo, named(name)])),
  });
}

const named = (name: string): MachineConfig => ({ ...defaultMachineConfig, name });
