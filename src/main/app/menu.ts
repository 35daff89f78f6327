import { Menu, type MenuItemConstructorOptions } from 'electron';

/**
 * On macOS a menu is needed for the copy and paste shortcuts; its roles bring words in the system's language. Elsewhere the menu
 * bar is removed, because the window offers everything and small screens need the room.
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
