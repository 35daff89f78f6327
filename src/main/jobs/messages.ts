/** What the main thread and a job's thread send each other. */
import type { JobProblem } from '#shared/model/capture';
import type { ExportRequest } from './exportJob';
import type { Growth } from './importer';
import type { Imported, ImportRequest } from './importJob';

export type JobRequest =
  ({ readonly what: 'import' } & ImportRequest) | ({ readonly what: 'export' } & ExportRequest);

export type JobMessage =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number; readonly frames: number }
  | { readonly kind: 'exported'; readonly frames: number }
  | { readonly kind: 'grown'; readonly growth: Growth }
  | { readonly kind: 'imported'; readonly imported: Imported; readonly frames: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly code: JobProblem; readonly detail: string };
