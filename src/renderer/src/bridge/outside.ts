/** Links and files opened outside the window: main writes their places into the address bar, and this module navigates there. */
import { parseOutsideHash, type OutsideLink, type OutsidePlace } from '#shared/outside';
import { missFrame, useCrema, wantFrame } from '../store';
import { navigate } from '../store/navigate';
import type { Route } from '../store/route';
import { requestOf } from './request';
import { showJob, showLive, showPlace } from './source';

/** Such places are about live machines, whatever is shown. The frame of a link can be in a capture. */
async function goTo(route: Route, frame: number | null = null): Promise<void> {
  if (useCrema.getState().source !== null && (await showLive(route)) !== null) return;
  if (frame !== null) wantFrame(frame);
  navigate(route, 'replace');
}

/**
 * Goes to the frame with this number, in the records that the link names: those of this computer, or of an opened capture. A link without
 * a name concerns the shown capture if that has such a number, otherwise this computer.
 */
async function goToFrame({ id: number, journal }: OutsideLink & { readonly to: 'frame' }): Promise<void> {
  const { source, captures } = useCrema.getState();
  const shown = source === null ? [] : [source];
  const places =
    journal === undefined
      ? shown
      : [...new Set<number | null>([null, ...shown, ...captures.map(({ id }) => id)])];
  for (const place of places) {
    const reply = await requestOf(place, 'findFrame', { number, journal: journal ?? null });
    if (!reply.ok || reply.value === null) continue;
    if ((await showPlace(place, { screen: 'inspector' })) !== null) return;
    wantFrame(reply.value);
    navigate({ screen: 'inspector' }, 'replace');
    return;
  }
  if (journal === undefined) return goTo({ screen: 'inspector' }, number);
  missFrame(number);
  navigate({ screen: 'inspector' }, 'replace');
}

async function goAll(places: readonly OutsidePlace[]): Promise<void> {
  for (const place of places) await go(place);
}

async function go(place: OutsidePlace): Promise<void> {
  switch (place.to) {
    case 'machine':
      return goTo({ screen: 'machines', vmcNo: place.vmcNo, tab: 'overview' });
    case 'frame':
      return goToFrame(place);
    case 'errors':
      return goTo({ screen: 'errors' });
    case 'error':
      return goTo({ screen: 'errors', fault: place.id });
    case 'job':
      // The tab opens as soon as the file has entries; until then the window keeps its place.
      navigate(useCrema.getState().route, 'replace');
      showJob(place.id);
  }
}

/** Reads the places in the address bar before the window replaces them; call the result when the window is ready. */
export function startOutside(): () => Promise<void> {
  const first = parseOutsideHash(window.location.hash);
  window.addEventListener('hashchange', () => {
    const places = parseOutsideHash(window.location.hash);
    if (places !== null) void goAll(places);
  });
  return async () => {
    if (first !== null) await goAll(first);
  };
}
