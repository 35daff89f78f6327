/** Calls and events between the main thread and a job's process. */
import type { ExportDamage, JobProblem } from '#shared/model/capture';
import type { ExportRequest } from './exportJob';
import type { Growth } from './importer';
import type { Imported, ImportRequest } from './importJob';
import type { MaskRequest } from './maskJob';

export type JobRequest =
  | ({ readonly what: 'import' } & ImportRequest)
  | ({ readonly what: 'export' } & ExportRequest)
  | ({ readonly what: 'mask' } & MaskRequest);

export interface JobProgress {
  readonly done: number;
  readonly total: number;
  readonly frames: number;
}

/** The result of a job. */
export type JobEnd =
  | { readonly kind: 'exported'; readonly frames: number; readonly damage?: ExportDamage }
  | { readonly kind: 'imported'; readonly imported: Imported; readonly frames: number }
  /** A copy without private texts, with a name for it. */
  | { readonly kind: 'masked'; readonly frames: number; readonly name: string }
  /** A file was sent or fetched. `capture`: it is being opened as this one. */
  | { readonly kind: 'moved'; readonly capture: number | null }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly code: JobProblem; readonly detail: string };

/** Ending the process cancels the job: `run` then returns `cancelled`. */
export interface JobCalls {
  run: { args: JobRequest; result: JobEnd };
}

export interface JobEvents {
  progress: JobProgress;
  grown: Growth;
}
