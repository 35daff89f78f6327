/** Imports and exports captures in job processes. */
export { JobHost, type FollowedProgress, type JobMessage } from './host';
export type { JobEnd } from './messages';
export type { Imported } from './importJob';
export type { Growth } from './importer';
