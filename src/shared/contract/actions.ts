import { screenNames } from '../screens';

/**
 * Actions that a menu item asks of the front window, as the screen's own key or button does. Actions with a key are named as in the table of
 * keys (shared/keys.ts).
 */
export const actions = [
  ...screenNames,
  'palette',
  'openFile',
  'newWindow',
  'keyList',
  'theme.system',
  'theme.light',
  'theme.dark',
  'checkComputer',
  'openLogFolder',
  'supportFile',
  'licences',
  'about',
] as const satisfies readonly string[];
export type Action = (typeof actions)[number];
