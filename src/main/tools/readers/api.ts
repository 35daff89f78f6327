/** Reads untrusted files, each in a separate process. */
export { FileReader, TooMuch } from './fileReader';
export type { ListCalls } from './messages';
