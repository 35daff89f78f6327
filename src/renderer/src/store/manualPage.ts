import type { ManualPage } from '#shared/manual';
import { screens } from '#shared/screens';
import type { MachineTab, Route } from './route';

const tabPages: Readonly<Partial<Record<MachineTab, ManualPage>>> = {
  errors: 'errors',
  orders: 'orders',
  commands: 'commands',
  frames: 'inspector',
  settings: 'machine-settings',
};

/** The page of the manual about a place in the window. */
export function pageOf(route: Route): ManualPage {
  if (route.screen === 'machines' && route.vmcNo !== null) return tabPages[route.tab] ?? 'find-problem';
  if (route.screen === 'work' && route.tab === 'audit') return 'audit-trail';
  return screens[route.screen].page;
}
