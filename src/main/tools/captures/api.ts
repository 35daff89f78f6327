/** What the app uses of the import and export of captures. */
export { JobHost, type JobMessage } from './host';
export type { Imported } from './importJob';
export type { Growth } from './importer';
