import { setRoute, wantFrame } from './index';
import { firstRoute, formatRoute, parseRoute, type Route } from './route';

/** Goes to a place; `replace` for moves that Back should not go through one by one. */
export function navigate(route: Route, how: 'push' | 'replace' = 'push'): void {
  const hash = formatRoute(route);
  if (hash !== window.location.hash) {
    if (how === 'push') window.history.pushState(null, '', hash);
    else window.history.replaceState(null, '', hash);
  }
  setRoute(route);
}

/** From a claim to the frame it follows from, among the machine's frames. */
export function showFrame(vmcNo: number, id: number): void {
  wantFrame(id);
  navigate({ screen: 'machines', vmcNo, tab: 'frames' });
}

/** Follows the address bar, links and Back from here on. A link to nowhere changes nothing. */
export function startNavigation(onlineCount: number): void {
  navigate(firstRoute(window.location.hash, onlineCount), 'replace');
  const follow = (): void => {
    const route = parseRoute(window.location.hash);
    if (route !== null) setRoute(route);
  };
  window.addEventListener('hashchange', follow);
  window.addEventListener('popstate', follow);
}
