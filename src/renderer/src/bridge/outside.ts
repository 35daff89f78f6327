/** Links and files opened outside: main puts where they lead into the address bar, and this goes there. */
import { parseOutsideHash, type OutsidePlace } from '#shared/outside';
import { useCrema, wantFrame } from '../store';
import { navigate } from '../store/navigate';
import type { Route } from '../store/route';
import { showJob, showLive } from './source';

/** They are about live machines, whatever is shown. */
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
      // The tab comes as soon as something of the file was read; until then the window stays where it is.
      navigate(useCrema.getState().route, 'replace');
      showJob(place.id);
  }
}

/** Before the window takes the address bar for a place of its own: what it was opened with, to be called when it is there. */
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
