import { screenNames } from '../screens';

/**
 * What an item of the menu asks of the window in front: what its own key or button does. Those that have a key are named as in the table of
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
