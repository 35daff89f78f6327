/** What the app uses of the process that reads files of strangers. */
export { FileReader, TooMuch } from './fileReader';
export type { ListCalls } from './messages';
