/** Where the window is. The address bar's hash is the truth, so that every place has a link. */
export type MachineTab = 'overview' | 'errors' | 'frames' | 'settings';
export type Screen = 'connect' | 'machines' | 'errors' | 'settings';
export type Route =
  | { readonly screen: 'connect' }
  | { readonly screen: 'errors' }
  | { readonly screen: 'settings' }
  | { readonly screen: 'machines'; readonly vmcNo: number | null; readonly tab: MachineTab };

export const screens: readonly Screen[] = ['connect', 'machines', 'errors', 'settings'];
export const machineTabs: readonly MachineTab[] = ['overview', 'errors', 'frames', 'settings'];

/** `#/machines/33232/overview` and the like; `null` for anything else. */
export function parseRoute(hash: string): Route | null {
  const [screen, number, tab, ...rest] = hash.replace(/^#\/?/, '').split('/');
  if (rest.length > 0) return null;
  switch (screen) {
    case 'connect':
    case 'errors':
    case 'settings':
      return number === undefined ? { screen } : null;
    case 'machines': {
      if (number === undefined || number === '') return { screen, vmcNo: null, tab: 'overview' };
      const vmcNo = /^\d{1,16}$/.test(number) ? Number(number) : Number.NaN;
      const known = machineTabs.find((name) => name === (tab ?? 'overview'));
      return Number.isSafeInteger(vmcNo) && known !== undefined ? { screen, vmcNo, tab: known } : null;
    }
    default:
      return null;
  }
}

export function formatRoute(route: Route): string {
  if (route.screen !== 'machines') return `#/${route.screen}`;
  return route.vmcNo === null ? '#/machines' : `#/machines/${route.vmcNo}/${route.tab}`;
}

/** Where a window without a link opens: with no machine here now, how to connect. */
export function firstRoute(hash: string, onlineCount: number): Route {
  return (
    parseRoute(hash) ??
    (onlineCount === 0 ? { screen: 'connect' } : { screen: 'machines', vmcNo: null, tab: 'overview' })
  );
}
