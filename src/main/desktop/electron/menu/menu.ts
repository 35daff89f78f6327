/** The application menu: a bar on macOS, elsewhere one that Alt shows, as small screens need the room. */
import { Menu } from 'electron';
import type { Action } from '#shared/contract/actions';
import { menuTemplate, type MenuState } from './template';

/** Whatever is no other system has the habits of Linux. */
const system = process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux';

/** Gives the way to say that the language or the theme may be another now. */
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
