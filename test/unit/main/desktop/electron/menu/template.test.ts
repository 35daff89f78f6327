import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { actions, type Action } from '#shared/contract/actions';
import { keyNames, keys } from '#shared/keys';
import { settingRows } from '#shared/model/settings';
import { screenNames, screenRow, screens, type Screen } from '#shared/screens';
import type { System } from '../../../../../../src/main/desktop/electron/menu/rows';
import { menuTemplate, type MenuState } from '../../../../../../src/main/desktop/electron/menu/template';

/** Electron's own accelerators of roles (lib/browser/api/menu-item-roles.ts). */
const electronsOwn = new Map([
  ['undo', 'CommandOrControl+Z'],
  ['redo', 'Shift+CommandOrControl+Z'],
  ['cut', 'CommandOrControl+X'],
  ['copy', 'CommandOrControl+C'],
  ['paste', 'CommandOrControl+V'],
  ['selectAll', 'CommandOrControl+A'],
  ['resetZoom', 'CommandOrControl+0'],
  ['zoomIn', 'CommandOrControl+Plus'],
  ['zoomOut', 'CommandOrControl+-'],
  ['togglefullscreen', 'F11'],
  ['minimize', 'CommandOrControl+M'],
  ['close', 'CommandOrControl+W'],
  ['hide', 'Command+H'],
  ['hideOthers', 'Command+Alt+H'],
  ['quit', 'CommandOrControl+Q'],
]);

const systems: readonly System[] = ['darwin', 'win32', 'linux'];
const languages = ['en', 'zh-CN'] as const;
const all = systems.flatMap((system) => languages.map((language) => [system, language] as const));

type Item = MenuItemConstructorOptions;
const below = ({ submenu }: Item): readonly Item[] => (Array.isArray(submenu) ? submenu : []);
const flat = (items: readonly Item[]): readonly Item[] =>
  items.flatMap((item) => [item, ...flat(below(item))]);

const made = (given: Partial<MenuState>, act: (action: Action) => void = () => undefined): readonly Item[] =>
  menuTemplate({ system: 'linux', language: 'en', theme: 'system', ...given }, act);
const label = ({ label: text, type }: Item): string => (type === 'separator' ? '-' : (text ?? ''));
/** As text: `File: Open capture… | -`. */
const lines = (items: readonly Item[]): readonly string[] =>
  items.map((item) => `${label(item)}: ${below(item).map(label).join(' | ')}`.replaceAll('&', ''));
const find = (items: readonly Item[], id: string): Item | undefined =>
  flat(items).find((item) => item.id === id);

/** The screens of the View menu, in their order. */
const listed = (name: (says: (typeof screens)[Screen]['says']) => string): string =>
  screenNames
    .filter((screen) => screenRow(screen).menu === undefined)
    .map((screen) => name(screens[screen].says))
    .join(' | ');

describe('the menus', () => {
  it('of macOS: items about the app are in its own menu, and Window and Help have their system roles', () => {
    expect(lines(made({ system: 'darwin' }))).toEqual([
      'Crema: About Crema | - | Settings… | - | Services | - | Hide Crema | Hide Others | Show All | - | Quit Crema',
      'File: Open Capture… | New Window | - | Close Window',
      'Edit: Undo | Redo | - | Cut | Copy | Paste | Delete | - | Select All',
      `View: Search Everything… | - | ${listed(({ en }) => en)} | - | Appearance | - | Actual Size | Zoom In | Zoom Out | - | Toggle Full Screen`,
      'Window: Minimize | Zoom | - | Bring All to Front',
      'Help: Help | Keyboard | - | Check This Computer | Open Log Folder | Save Support File… | - | Licences',
    ]);
    const menu = made({ system: 'darwin' });
    expect(menu.map(({ role }) => role)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      'window',
      'help',
    ]);
    expect(find(menu, 'settings')?.accelerator).toBe('Command+,');
  });

  it('of Windows and Linux: quit is where each system has it, and only the frame closes a window', () => {
    expect(lines(made({ system: 'win32' }))).toEqual([
      'File: Open capture… | New window | - | Settings | - | Exit',
      'Edit: Undo | Redo | - | Cut | Copy | Paste | Delete | - | Select all',
      `View: Search everything… | - | ${listed(({ en }) => en)} | - | Appearance | - | Actual size | Zoom in | Zoom out | - | Full screen`,
      'Help: Help | Keyboard | - | Check this computer | Open log folder | Save support file… | - | Licences | About Crema',
    ]);
    expect(lines(made({ system: 'linux' }))).toEqual(
      lines(made({ system: 'win32' })).map((line) => line.replace('Exit', 'Quit')),
    );
    for (const system of ['win32', 'linux'] as const) {
      const menu = made({ system });
      expect(flat(menu).filter(({ role }) => role === 'close')).toEqual([]);
      expect(menu.map(({ role }) => role)).toEqual([undefined, undefined, undefined, undefined]);
    }
  });

  it('in Chinese, with the terms of each system', () => {
    expect(lines(made({ system: 'darwin', language: 'zh-CN' }))).toEqual([
      'Crema: 关于 Crema | - | 设置… | - | 服务 | - | 隐藏 Crema | 隐藏其他 | 全部显示 | - | 退出 Crema',
      '文件: 打开抓包文件… | 新建窗口 | - | 关闭窗口',
      '编辑: 撤销 | 重做 | - | 剪切 | 拷贝 | 粘贴 | 删除 | - | 全选',
      `显示: 快速查找… | - | ${listed(({ zh }) => zh)} | - | 外观 | - | 实际大小 | 放大 | 缩小 | - | 切换全屏幕`,
      '窗口: 最小化 | 缩放 | - | 前置全部窗口',
      '帮助: 帮助 | 快捷键 | - | 检查本机 | 打开日志文件夹 | 保存支持文件… | - | 许可证',
    ]);
    expect(lines(made({ system: 'linux', language: 'zh-CN' }))).toEqual([
      '文件(F): 打开抓包文件(O)… | 新建窗口(N) | - | 设置(S) | - | 退出(Q)',
      '编辑(E): 撤销(U) | 重做(R) | - | 剪切(T) | 复制(C) | 粘贴(P) | 删除(D) | - | 全选(A)',
      `查看(V): 快速查找(Y)… | - | ${listed(({ zh, letter }) => `${zh}(${letter})`)} | - | 外观(A) | - | 实际大小(S) | 放大(Z) | 缩小(T) | - | 全屏(F)`,
      '帮助(H): 帮助(H) | 快捷键(K) | - | 检查本机(C) | 打开日志文件夹(O) | 保存支持文件(S)… | - | 许可证(L) | 关于 Crema(A)',
    ]);
  });

  it.each(all)(
    '%s, %s: access keys are unique within a menu, and no item occurs twice',
    (system, language) => {
      const menu = made({ system, language });
      for (const one of [{ submenu: [...menu] }, ...flat(menu)]) {
        const letters = below(one)
          .filter(({ type }) => type !== 'separator')
          .map((item) => /&(.)/.exec(label(item))?.[1]?.toUpperCase());
        const given = letters.filter((letter) => letter !== undefined);
        expect(given).toHaveLength(system === 'darwin' ? 0 : letters.length);
        expect(new Set(given).size).toBe(given.length);
      }
      const ids = flat(menu).flatMap(({ id }) => id ?? []);
      expect(ids.length).toBeGreaterThan(25);
      expect(new Set(ids).size).toBe(ids.length);
    },
  );

  it.each(all)('%s, %s: each action of a window has its menu item', (system, language) => {
    const asked: Action[] = [];
    for (const { click } of flat(made({ system, language }, (action) => asked.push(action))))
      (click as (() => void) | undefined)?.();
    expect(asked.toSorted()).toEqual([...actions].toSorted());
  });

  it('keys of the window are shown but not registered: the window handles them', () => {
    const menu = made({});
    expect(find(menu, 'newWindow')).toMatchObject({
      accelerator: 'CommandOrControl+Shift+N',
      registerAccelerator: false,
    });
    expect(find(menu, 'settings')?.accelerator).toBe('CommandOrControl+9');
    // Keys without modifiers are text input.
    expect(find(menu, 'keyList')?.accelerator).toBeUndefined();
    expect(
      flat(menu).filter(
        ({ accelerator, role, registerAccelerator }) =>
          accelerator && role === undefined && registerAccelerator !== false,
      ),
    ).toEqual([]);
  });

  it.each(all)('%s, %s: Electron’s own keys are not keys of the window', (system, language) => {
    const taken = new Map(keyNames.map((name) => [keys[name].key.toLowerCase(), name]));
    const both = flat(made({ system, language })).flatMap(({ role, accelerator }) => {
      if (role === undefined) return [];
      const own = accelerator ?? electronsOwn.get(role) ?? '';
      const key = own.replace('CommandOrControl', 'Ctrl');
      const name = taken.get(key.toLowerCase());
      return name === undefined ? [] : [[role, name]];
    });
    // The list of frames uses this key for its lines, as a field does for its text.
    expect(both).toEqual([['selectAll', 'selectAll']]);
  });

  it.each(settingRows.theme.control.values)('the chosen appearance is marked: %s', (theme) => {
    const chosen = flat(made({ theme })).filter(({ type, checked }) => type === 'radio' && checked);
    expect(chosen.map(({ id }) => id)).toEqual([`theme.${theme}`]);
  });
});
