/** Builds Electron's menu template from the menu rows, for one system and language. */
import type { MenuItemConstructorOptions } from 'electron';
import type { Action } from '#shared/contract/actions';
import { keys } from '#shared/keys';
import type { Settings } from '#shared/model/settings';
import type { Language } from '../plainPage';
import { menus, type ItemRow, type MenuRow, type Named, type System } from './rows';

export interface MenuState {
  readonly system: System;
  readonly language: Language;
  readonly theme: Settings['theme'];
}

/** `act` sends an action to a window. */
export function menuTemplate(
  state: MenuState,
  act: (action: Action) => void,
): readonly MenuItemConstructorOptions[] {
  return menus.filter(({ on }) => isFound(on, state)).map((row) => menuOf(row, state, act));
}

const isFound = (on: readonly System[] | undefined, { system }: MenuState): boolean =>
  on === undefined || on.includes(system);

function menuOf(row: MenuRow, state: MenuState, act: (action: Action) => void): MenuItemConstructorOptions {
  const groups = row.items
    .map((group) => group.filter(({ on }) => isFound(on, state)))
    .filter((group) => group.length > 0);
  const submenu = groups.flatMap((group, index): MenuItemConstructorOptions[] => {
    const items = group.map((item) =>
      'items' in item ? menuOf(item, state, act) : itemOf(item, row.kind === 'radio', state, act),
    );
    const before: MenuItemConstructorOptions[] = index === 0 ? [] : [{ type: 'separator' }];
    return before.concat(items);
  });
  const role = state.system === 'darwin' ? row.role : undefined;
  return { id: row.id, label: labelOf(row, state), ...(role && { role }), submenu };
}

function itemOf(
  row: ItemRow,
  isRadio: boolean,
  state: MenuState,
  act: (action: Action) => void,
): MenuItemConstructorOptions {
  const label = labelOf(row, state);
  const { does } = row;
  if ('role' in does) return { id: does.role, label, ...does };
  const action = does.act;
  const accelerator = acceleratorOf(row, action, state);
  return {
    id: action,
    label,
    click: () => act(action),
    ...(isRadio && { type: 'radio' as const, checked: action === `theme.${state.theme}` }),
    // The window handles its own keys: the menu only displays them.
    ...(accelerator !== null && { accelerator, registerAccelerator: false }),
  };
}

/** `null`: the item has no key, or the key works without the menu, as in text input. */
function acceleratorOf({ macKey }: ItemRow, action: Action, { system }: MenuState): string | null {
  if (system === 'darwin' && macKey !== undefined) return macKey;
  const key = Object.hasOwn(keys, action) ? keys[action as keyof typeof keys].key : '';
  if (!key.startsWith('Ctrl+')) return null;
  const parts = key.slice('Ctrl+'.length).split('+');
  return ['CommandOrControl', ...parts.map((part) => (part.length === 1 ? part.toUpperCase() : part))].join(
    '+',
  );
}

function labelOf({ says, saysOn }: Named, { system, language }: MenuState): string {
  const { en, zh, letter } = saysOn?.[system] ?? says;
  if (system === 'darwin') return language === 'zh-CN' ? zh : capitalised(en);
  // As on Windows in Chinese: the access key stands in parentheses after the text.
  if (language === 'zh-CN') return zh.replace(/(?=…$)|(?<!…)$/, `(&${letter})`);
  const at = en.toUpperCase().indexOf(letter);
  return `${en.slice(0, at)}&${en.slice(at)}`;
}

const small: ReadonlySet<string> = new Set(['a', 'an', 'the', 'of', 'to']);

/** "Open log folder": "Open Log Folder". */
const capitalised = (label: string): string =>
  label.replace(/(?<=\s)\p{Ll}+/gu, (word) =>
    small.has(word) ? word : `${word.charAt(0).toUpperCase()}${word.slice(1)}`,
  );
