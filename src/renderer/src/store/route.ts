/** The window's place. The hash of the address bar is authoritative, so that every place has a link. */
import type { SettingSection } from '#shared/model/settingRow';
import { screenNames, type Screen, screens } from '#shared/screens';
import { isOnly, type Only } from './machines';
import type { ManualPage } from '#shared/manual';

export const machineTabs = [
  'overview',
  'errors',
  'orders',
  'commands',
  'files',
  'frames',
  'settings',
] as const;
export type MachineTab = (typeof machineTabs)[number];
export const helpTopics = ['manual', 'states', 'commands', 'codes', 'diagnosis', 'findings', 'keys'] as const;
export type HelpTopic = (typeof helpTopics)[number];
/** Procedures, batches and the audit trail. */
export const workTabs = ['runs', 'sequences', 'audit'] as const;
export type WorkTab = (typeof workTabs)[number];
export const settingPages = [
  'window',
  'listen',
  'notices',
  'journal',
  'products',
  'sites',
  'computer',
  'about',
] as const satisfies readonly (SettingSection | 'sites' | 'computer' | 'about')[];
export type SettingPage = (typeof settingPages)[number];
export type Route =
  | { readonly screen: Exclude<Screen, 'machines' | 'errors' | 'help' | 'work' | 'settings'> }
  /** Without a page: the one last shown. */
  | { readonly screen: 'settings'; readonly page?: SettingPage }
  /** `fault`: the opened one. */
  | { readonly screen: 'errors'; readonly fault?: number }
  /** `run`: the opened one. */
  | { readonly screen: 'work'; readonly tab: WorkTab; readonly run: number | null }
  /** `item`: an entry by its subject, such as a code or a state. */
  | { readonly screen: 'help'; readonly topic: HelpTopic; readonly item: string | null }
  /** `only`: which machines the table shows, without an opened one; absent: all. */
  | {
      readonly screen: 'machines';
      readonly vmcNo: number | null;
      readonly tab: MachineTab;
      readonly only?: Only;
    };

/** `#/machines/33232/overview` and the like; `null` for anything else. */
export function parseRoute(hash: string): Route | null {
  const [screen, number, tab, ...rest] = hash.replace(/^#\/?/, '').split('/');
  if (rest.length > 0) return null;
  const known = screenNames.find((name) => name === screen);
  switch (known) {
    case undefined:
      return null;
    case 'machines': {
      if (number === undefined || number === '') return machineTable('all');
      if (isOnly(number) && number !== 'all' && tab === undefined) return machineTable(number);
      const vmcNo = /^\d{1,16}$/.test(number) ? Number(number) : Number.NaN;
      const knownTab = machineTabs.find((name) => name === (tab ?? 'overview'));
      return Number.isSafeInteger(vmcNo) && knownTab !== undefined
        ? { screen: known, vmcNo, tab: knownTab }
        : null;
    }
    case 'errors': {
      if (number === undefined) return { screen: known };
      const fault = /^\d{1,16}$/.test(number) ? Number(number) : 0;
      return Number.isSafeInteger(fault) && fault > 0 && tab === undefined ? { screen: known, fault } : null;
    }
    case 'work': {
      const workTab = workTabs.find((name) => name === (number ?? 'runs'));
      if (workTab === undefined) return null;
      if (tab === undefined) return { screen: known, tab: workTab, run: null };
      const run = /^\d{1,16}$/.test(tab) ? Number(tab) : 0;
      return workTab === 'runs' && Number.isSafeInteger(run) && run > 0
        ? { screen: known, tab: workTab, run }
        : null;
    }
    case 'settings': {
      if (number === undefined) return { screen: known };
      const page = settingPages.find((name) => name === number);
      return page === undefined || tab !== undefined ? null : { screen: known, page };
    }
    case 'help': {
      const topic = helpTopics.find((name) => name === (number ?? 'manual'));
      const item = tab === undefined ? null : decoded(tab);
      return topic === undefined || item === '' ? null : { screen: known, topic, item };
    }
    default:
      return number === undefined ? { screen: known } : null;
  }
}

/** The table of machines, or of those that a chip shows. */
export const machineTable = (only: Only): Route => ({
  screen: 'machines',
  vmcNo: null,
  tab: 'overview',
  ...(only !== 'all' && { only }),
});

/** '': the text is not validly encoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** The first place of a screen that has not been visited yet. */
export function firstOf(screen: Screen): Route {
  switch (screen) {
    case 'machines':
      return machineTable('all');
    case 'help':
      return { screen, topic: 'manual', item: null };
    case 'work':
      return { screen, tab: 'runs', run: null };
    default:
      return { screen };
  }
}

export function formatRoute(route: Route): string {
  if (route.screen === 'errors' && route.fault !== undefined) return `#/errors/${route.fault}`;
  if (route.screen === 'settings' && route.page !== undefined) return `#/settings/${route.page}`;
  if (route.screen === 'help')
    return `#/help/${route.topic}${route.item === null ? '' : `/${encodeURIComponent(route.item)}`}`;
  if (route.screen === 'work') return `#/work/${route.tab}${route.run === null ? '' : `/${route.run}`}`;
  if (route.screen !== 'machines') return `#/${route.screen}`;
  if (route.vmcNo !== null) return `#/machines/${route.vmcNo}/${route.tab}`;
  return route.only === undefined ? '#/machines' : `#/machines/${route.only}`;
}

/** The first place of a window without a link: with no machine online, the Connect screen. */
export function firstRoute(hash: string, onlineCount: number): Route {
  return parseRoute(hash) ?? (onlineCount === 0 ? { screen: 'connect' } : machineTable('all'));
}

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
