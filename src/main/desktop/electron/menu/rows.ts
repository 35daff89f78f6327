/**
 * The menus: one row an item, with its texts, its action, and its menu on each system. English is written in sentence case; template.ts
 * capitalises it for macOS.
 */
import type { Action } from '#shared/contract/actions';
import { screenNames, screenRow, screens, type Screen } from '#shared/screens';
import type { Words } from '#shared/words';

export type System = 'darwin' | 'win32' | 'linux';
/** An action of Electron or the system. */
type Role =
  | 'undo'
  | 'redo'
  | 'cut'
  | 'copy'
  | 'paste'
  | 'delete'
  | 'selectAll'
  | 'resetZoom'
  | 'zoomIn'
  | 'zoomOut'
  | 'togglefullscreen'
  | 'minimize'
  | 'zoom'
  | 'front'
  | 'close'
  | 'services'
  | 'hide'
  | 'hideOthers'
  | 'unhide'
  | 'quit';

interface Label extends Words {
  /** The access key, underlined on Windows and Linux; unique within a menu. */
  readonly letter: string;
}
export interface Named {
  readonly says: Label;
  /** Other texts on some systems. */
  readonly saysOn?: Partial<Record<System, Label>>;
  /** Omitted: all systems. */
  readonly on?: readonly System[];
}
export interface ItemRow extends Named {
  readonly does:
    | { readonly act: Action }
    /** `accelerator` replaces Electron's own, where that is a key of the window. */
    | { readonly role: Role; readonly accelerator?: string };
  /** Replaces the key of the window (shared/keys.ts). */
  readonly macKey?: string;
}
export interface MenuRow extends Named {
  readonly id: string;
  /** The role of the menu on macOS. */
  readonly role?: 'window' | 'help';
  /** `radio`: one of the items is selected. */
  readonly kind?: 'radio';
  /** Groups of items, divided by separators. */
  readonly items: readonly (readonly (ItemRow | MenuRow)[])[];
}

/** macOS has no access keys. */
const words = (en: string, zh: string, letter = ''): Label => ({ en, zh, letter });
const mac: readonly System[] = ['darwin'];
const others: readonly System[] = ['win32', 'linux'];

const about: ItemRow = { does: { act: 'about' }, says: words('About Crema', '关于 Crema', 'A') };
const screenItem = (screen: Screen): ItemRow => ({ does: { act: screen }, says: screens[screen].says });
const settings: ItemRow = {
  ...screenItem('settings'),
  saysOn: { darwin: words('Settings…', '设置…') },
  macKey: 'Command+,',
};
const quit: ItemRow = {
  does: { role: 'quit' },
  says: words('Quit', '退出', 'Q'),
  saysOn: { darwin: words('Quit Crema', '退出 Crema'), win32: words('Exit', '退出', 'X') },
};

export const menus: readonly MenuRow[] = [
  {
    id: 'app',
    says: words('Crema', 'Crema'),
    on: mac,
    items: [
      [about],
      [settings],
      [{ does: { role: 'services' }, says: words('Services', '服务') }],
      [
        { does: { role: 'hide' }, says: words('Hide Crema', '隐藏 Crema') },
        { does: { role: 'hideOthers' }, says: words('Hide others', '隐藏其他') },
        { does: { role: 'unhide' }, says: words('Show all', '全部显示') },
      ],
      [quit],
    ],
  },
  {
    id: 'file',
    says: words('File', '文件', 'F'),
    items: [
      [
        { does: { act: 'openFile' }, says: words('Open capture…', '打开抓包文件…', 'O') },
        { does: { act: 'newWindow' }, says: words('New window', '新建窗口', 'N') },
      ],
      // On other systems, closing the last window by mistake would end the server.
      [{ does: { role: 'close' }, says: words('Close window', '关闭窗口'), on: mac }],
      [{ ...settings, on: others }],
      [{ ...quit, on: others }],
    ],
  },
  {
    id: 'edit',
    says: words('Edit', '编辑', 'E'),
    items: [
      [
        { does: { role: 'undo' }, says: words('Undo', '撤销', 'U') },
        { does: { role: 'redo' }, says: words('Redo', '重做', 'R') },
      ],
      [
        { does: { role: 'cut' }, says: words('Cut', '剪切', 'T') },
        {
          does: { role: 'copy' },
          says: words('Copy', '复制', 'C'),
          saysOn: { darwin: words('Copy', '拷贝') },
        },
        { does: { role: 'paste' }, says: words('Paste', '粘贴', 'P') },
        { does: { role: 'delete' }, says: words('Delete', '删除', 'D') },
      ],
      [{ does: { role: 'selectAll' }, says: words('Select all', '全选', 'A') }],
    ],
  },
  {
    id: 'view',
    says: words('View', '查看', 'V'),
    saysOn: { darwin: words('View', '显示') },
    items: [
      [{ does: { act: 'palette' }, says: words('Search everything…', '快速查找…', 'Y') }],
      screenNames.filter((screen) => screenRow(screen).menu === undefined).map(screenItem),
      [
        {
          id: 'appearance',
          says: words('Appearance', '外观', 'A'),
          kind: 'radio',
          items: [
            [
              { does: { act: 'theme.system' }, says: words('System', '跟随系统', 'S') },
              { does: { act: 'theme.light' }, says: words('Light', '浅色', 'L') },
              { does: { act: 'theme.dark' }, says: words('Dark', '深色', 'D') },
            ],
          ],
        },
      ],
      [
        {
          does: { role: 'resetZoom', accelerator: 'CommandOrControl+Alt+0' },
          says: words('Actual size', '实际大小', 'S'),
        },
        { does: { role: 'zoomIn' }, says: words('Zoom in', '放大', 'Z') },
        { does: { role: 'zoomOut' }, says: words('Zoom out', '缩小', 'T') },
      ],
      [
        {
          does: { role: 'togglefullscreen' },
          says: words('Full screen', '全屏', 'F'),
          saysOn: { darwin: words('Toggle full screen', '切换全屏幕') },
        },
      ],
    ],
  },
  {
    id: 'window',
    says: words('Window', '窗口'),
    on: mac,
    role: 'window',
    items: [
      [
        { does: { role: 'minimize' }, says: words('Minimize', '最小化') },
        { does: { role: 'zoom' }, says: words('Zoom', '缩放') },
      ],
      [{ does: { role: 'front' }, says: words('Bring all to front', '前置全部窗口') }],
    ],
  },
  {
    id: 'helpMenu',
    says: words('Help', '帮助', 'H'),
    role: 'help',
    items: [
      [screenItem('help'), { does: { act: 'keyList' }, says: words('Keyboard', '快捷键', 'K') }],
      [
        { does: { act: 'checkComputer' }, says: words('Check this computer', '检查本机', 'C') },
        { does: { act: 'openLogFolder' }, says: words('Open log folder', '打开日志文件夹', 'O') },
        { does: { act: 'supportFile' }, says: words('Save support file…', '保存支持文件…', 'S') },
      ],
      [
        { does: { act: 'licences' }, says: words('Licences', '许可证', 'L') },
        { ...about, on: others },
      ],
    ],
  },
];
