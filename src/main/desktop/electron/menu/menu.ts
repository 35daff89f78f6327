/** The application menu: always visible on macOS; elsewhere Alt shows it, to save space on small screens. */
import { Menu } from 'electron';
import type { Action } from '#shared/contract/actions';
import { menuTemplate, type MenuState } from './template';

/** Unknown systems use the Linux menus. */
const system = process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux';

/** Returns a function to call when the language or the theme may have changed. */
export function setMenu(state: () => Omit<MenuState, 'system'>, act: (action: Action) => void): () => void {
  let shown = '';
  const refresh = (): void => {
    const { language, theme } = state();
    const now = `${language} ${theme}`;
    if (now === shown) return;
    shown = now;
    Menu.setApplicationMenu(Menu.buildFromTemplate([...menuTemplate({ system, language, theme }, act)]));
  };
  refresh();
  return refresh;
}
