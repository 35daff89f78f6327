import type { CommandName } from '#shared/commands/index';
import { setRoute, useCrema, wantCommand, wantFrame } from './index';
import { firstRoute, formatRoute, parseRoute, type Route } from './route';

/** Goes to a place; `replace` for steps that Back should skip. */
export function navigate(route: Route, how: 'push' | 'replace' = 'push'): void {
  const hash = formatRoute(route);
  if (hash !== window.location.hash) {
    if (how === 'push') window.history.pushState(null, '', hash);
    else window.history.replaceState(null, '', hash);
  }
  setRoute(route);
}

/** Shows the frame that proves a statement, in the machine's frames. */
export function showFrame(vmcNo: number, id: number): void {
  wantFrame(id);
  navigate({ screen: 'machines', vmcNo, tab: 'frames' });
}

/** The machine's page gives the command as its own button does. */
export function giveTo(vmcNo: number, name: CommandName): void {
  const { route } = useCrema.getState();
  const opensPage = route.screen !== 'machines' || route.vmcNo !== vmcNo;
  if (opensPage) navigate({ screen: 'machines', vmcNo, tab: 'overview' });
  wantCommand({ name, opensPage });
}

/** Follows the address bar, links and Back from now on. Invalid links change nothing. */
export function startNavigation(onlineCount: number): void {
  navigate(firstRoute(window.location.hash, onlineCount), 'replace');
  const follow = (): void => {
    const route = parseRoute(window.location.hash);
    if (route !== null) setRoute(route);
  };
  window.addEventListener('hashchange', follow);
  window.addEventListener('popstate', follow);
}
