import { Menu, type MenuItemConstructorOptions } from 'electron';

/**
 * macOS needs a menu for copy and paste to have their keys, in the language of the system (roles bring their own words there).
 * Elsewhere the window itself has all there is, and no menu bar takes room on a small screen.
 */
export function setMenu(): void {
  if (process.platform !== 'darwin') {
    Menu.setApplicationMenu(null);
    return;
  }
  const template: MenuItemConstructorOptions[] = [
    { role: 'appMenu' },
    { role: 'editMenu' },
    { role: 'windowMenu' },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
