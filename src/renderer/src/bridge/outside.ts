/** Links and files opened outside the window: main writes their places into the address bar, and this module navigates there. */
import { parseOutsideHash, type OutsidePlace } from '#shared/outside';
import { useCrema, wantFrame } from '../store';
import { navigate } from '../store/navigate';
import type { Route } from '../store/route';
import { showJob, showLive } from './source';

/** Such places are about live machines, whatever is shown. */
async function goTo(route: Route, frame: number | null = null): Promise<void> {
  if (useCrema.getState().source !== null && (await showLive(route)) !== null) return;
  if (frame !== null) wantFrame(frame);
  navigate(route, 'replace');
}

async function goAll(places: readonly OutsidePlace[]): Promise<void> {
  for (const place of places) await go(place);
}

async function go(place: OutsidePlace): Promise<void> {
  switch (place.to) {
    case 'machine':
      return goTo({ screen: 'machines', vmcNo: place.vmcNo, tab: 'overview' });
    case 'frame':
      return goTo({ screen: 'inspector' }, place.id);
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
