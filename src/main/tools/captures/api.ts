/** Imports and exports captures in job processes. */
export { JobHost, type JobMessage } from './host';
export type { Imported } from './importJob';
export type { Growth } from './importer';
