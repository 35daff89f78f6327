import type { ManualPage } from './manual';

/** The window's screens, in the order of the rail: one row each. Menu, rail, palette, keys and routes read them. */
interface ScreenRow {
  readonly says: {
    readonly en: string;
    readonly zh: string;
    /** Underlined in the menu on Windows and Linux. */
    readonly letter: string;
  };
  /** The page of the manual about it. */
  readonly page: ManualPage;
  /** The menu that has it: View, unless the row names another. */
  readonly menu?: 'file' | 'help';
}

export const screens = {
  connect: { says: { en: 'Connect', zh: '连接', letter: 'C' }, page: 'connect-machine' },
  machines: { says: { en: 'Machines', zh: '机器', letter: 'M' }, page: 'find-problem' },
  inspector: { says: { en: 'Inspector', zh: '抓包', letter: 'I' }, page: 'inspector' },
  errors: { says: { en: 'Errors', zh: '故障', letter: 'E' }, page: 'errors' },
  orders: { says: { en: 'Orders', zh: '订单', letter: 'O' }, page: 'orders' },
  upgrades: { says: { en: 'Upgrades', zh: '升级', letter: 'U' }, page: 'upgrade' },
  relay: { says: { en: 'Relay', zh: '转发', letter: 'R' }, page: 'relay' },
  work: { says: { en: 'Work', zh: '作业', letter: 'W' }, page: 'procedures' },
  settings: { says: { en: 'Settings', zh: '设置', letter: 'S' }, page: 'settings', menu: 'file' },
  help: { says: { en: 'Help', zh: '帮助', letter: 'H' }, page: 'getting-started', menu: 'help' },
} as const satisfies Readonly<Record<string, ScreenRow>>;

export type Screen = keyof typeof screens;
export const screenNames = Object.keys(screens) as readonly Screen[];
export const isScreen = (name: string): name is Screen => Object.hasOwn(screens, name);
/** The row without its literal types. */
export const screenRow = (screen: Screen): ScreenRow => screens[screen];
