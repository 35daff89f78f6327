import type { ManualPage } from './manual';

/** The window's screens, in the order of the rail: one row each. Menu, rail, palette, keys and routes read them. */
interface ScreenRow {
  readonly says: {
    readonly en: string;
    readonly zh: string;
    /** Underlined in the menu on Windows and Linux. */
    readonly letter: string;
  };
  /** As in keys.ts. */
  readonly key: string;
  /** The page of the manual about it. */
  readonly page: ManualPage;
  /** The menu that has it: View, unless the row names another. */
  readonly menu?: 'file' | 'help';
  /** About this computer and its connections. Opening such a screen from a capture returns to Live. */
  readonly isLiveOnly?: true;
}

export const screens = {
  connect: {
    says: { en: 'Connect', zh: '连接', letter: 'C' },
    key: 'Ctrl+1',
    page: 'connect-machine',
    isLiveOnly: true,
  },
  machines: { says: { en: 'Machines', zh: '机器', letter: 'M' }, key: 'Ctrl+2', page: 'find-problem' },
  inspector: { says: { en: 'Inspector', zh: '抓包', letter: 'I' }, key: 'Ctrl+3', page: 'inspector' },
  errors: { says: { en: 'Errors', zh: '故障', letter: 'E' }, key: 'Ctrl+4', page: 'errors' },
  orders: { says: { en: 'Orders', zh: '订单', letter: 'O' }, key: 'Ctrl+5', page: 'orders' },
  upgrades: {
    says: { en: 'Upgrades', zh: '升级', letter: 'U' },
    key: 'Ctrl+6',
    page: 'upgrade',
    isLiveOnly: true,
  },
  relay: { says: { en: 'Relay', zh: '转发', letter: 'R' }, key: 'Ctrl+7', page: 'relay', isLiveOnly: true },
  work: {
    says: { en: 'Work', zh: '作业', letter: 'W' },
    key: 'Ctrl+8',
    page: 'procedures',
    isLiveOnly: true,
  },
  settings: {
    says: { en: 'Settings', zh: '设置', letter: 'S' },
    key: 'Ctrl+9',
    page: 'settings',
    menu: 'file',
    isLiveOnly: true,
  },
  help: {
    says: { en: 'Help', zh: '帮助', letter: 'H' },
    key: 'Ctrl+0',
    page: 'getting-started',
    menu: 'help',
  },
} as const satisfies Readonly<Record<string, ScreenRow>>;

export type Screen = keyof typeof screens;
export const screenNames = Object.keys(screens) as readonly Screen[];
export const isScreen = (name: string): name is Screen => Object.hasOwn(screens, name);
/** The row without its literal types. */
export const screenRow = (screen: Screen): ScreenRow => screens[screen];
