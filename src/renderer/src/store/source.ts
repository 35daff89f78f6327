/** The source that the window shows: live data, or an opened capture, which is a journal without connections. */
import type { Capture, CaptureSnapshot } from '#shared/model/capture';
import { defaultMachineConfig, type MachineConfig } from '#shared/model/machine';
import { askedOfSource, useCrema, type CremaState } from './index';
import { live } from '#shared/contract/live';
import type { Screen } from '#shared/screens';
import { emptyOrder, orderMachines } from './machines';
import { applyRows } from './rows';
import { formatRoute, type Route } from './route';

/** They are about this computer and its links: going there from a capture is going back to Live. */
const liveScreens: ReadonlySet<Screen> = new Set<Screen>([
  'connect',
  'upgrades',
  'relay',
  'work',
  'settings',
]);
export const isOfLive = ({ screen }: Route): boolean => liveScreens.has(screen);

/** The window shows a capture: nothing can be sent or changed. */
export const isCapture = ({ source }: Pick<CremaState, 'source'>): boolean => source !== null;

/** Where the person was in each of them. */
const places = new Map<number | null, Route>();
useCrema.subscribe(({ route, source }, before) => {
  const same = source === before.source && route !== before.route;
  if (same && !(source !== null && isOfLive(route))) places.set(source, route);
});

export function placeOf(source: number | null): Route {
  const first: Route =
    source === null ? { screen: 'machines', vmcNo: null, tab: 'overview' } : { screen: 'inspector' };
  return places.get(source) ?? first;
}

/** A closed capture's number does not come back. */
export function forgetPlace(source: number): void {
  places.delete(source);
}

/** Shows a capture instead of what was shown, at the place that the person left it or would begin at. */
export function applyCapture({ capture, machines }: CaptureSnapshot, route: Route): void {
  const rows = applyRows(new Map(), machines, [], live.machines.keyOf);
  const state = useCrema.getState();
  const { captures } = state;
  useCrema.setState({
    ...(state.source !== capture.id && askedOfSource(state)),
    source: capture.id,
    route,
    machines: rows,
    list: orderMachines(rows, capture.to ?? 0, emptyOrder),
    configs: Object.fromEntries(machines.map(({ vmcNo, name }) => [vmcNo, named(name)])),
    running: new Map(),
    watched: null,
    detail: null,
    wantedFrame: null,
    // The feed may name it later than the answer that opened it.
    captures: captures.some(({ id }) => id === capture.id) ? captures : [...captures, capture],
  });
  if (formatRoute(route) !== window.location.hash) window.history.pushState(null, '', formatRoute(route));
}

/** More of the file was read. */
export const hasGrown = (before: Capture, after: Capture): boolean =>
  before.entries !== after.entries || before.reading.state !== after.reading.state;

/** The capture that is shown, or nothing. */
export const shownCapture = ({ captures, source }: Pick<CremaState, 'captures' | 'source'>): Capture | null =>
  captures.find(({ id }) => id === source) ?? null;

/** More of the shown capture was read: rows that say the same keep their identity. */
export function applyGrowth({ capture, machines }: CaptureSnapshot): void {
  const { source, machines: before, list } = useCrema.getState();
  if (source !== capture.id) return;
  const rows = applyRows(before, machines, [], live.machines.keyOf);
  if (rows === before) return;
  useCrema.setState({
    machines: rows,
    list: orderMachines(rows, capture.to ?? 0, list),
    configs: Object.fromEntries(machines.map(({ vmcNo, name }) => [vmcNo, named(name)])),
  });
}

const named = (name: string): MachineConfig => ({ ...defaultMachineConfig, name });
