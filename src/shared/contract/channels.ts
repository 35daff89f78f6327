/**
 * Names only, so that the preload script stays small: schemas are in requests.ts and feed.ts. A verb is one request of the
 * window to the main process; the compiler checks that requests.ts has a schema for each and nothing else.
 */
export const verbs = [
  'snapshot',
  'adapters',
  'listen',
  'retryListen',
  'watchMachine',
  'followFrames',
  'frames',
  'countFrames',
  'frame',
  'relations',
  'activity',
  'setMark',
  'sendFrame',
  'exportFrames',
  'saveDissector',
  'openCapture',
  'closeCapture',
  'captureSnapshot',
  'cancelJob',
  'faults',
  'orders',
  'commands',
  'command',
  'cancelCommand',
  'choosePackage',
  'cancelStaging',
  'changePackage',
  'removePackage',
  'journalSize',
  'beginJournal',
  'setSettings',
  'setDirectLink',
  'setMachine',
  'setMachineCode',
  'disconnect',
  'forgetMachine',
  'simulate',
  'simulatorFault',
  'openWindow',
  'copyText',
  'checkComputer',
  'reportProblem',
] as const;
export type Verb = (typeof verbs)[number];

export const requestChannel = (verb: Verb): string => `crema:${verb}`;
export const feedChannel = 'crema:feed';
