/** What stopped working, as a person is told of it. */

/** The words are in the window's texts under `crash.<part>`. */
export const crashedParts = [
  /** The run before this one did not end in order. */
  'app',
  'window',
  'graphics',
  /** Another process of the runtime. */
  'helper',
  'server',
  'journal',
  'packages',
  'virtual',
  'jobs',
] as const;
export type CrashedPart = (typeof crashedParts)[number];

export interface Crash {
  /** Names its note. */
  readonly id: string;
  readonly what: CrashedPart;
  /** ms since 1970. */
  readonly at: number;
  /** Whether it was started again. */
  readonly again: boolean;
}

export const crashIdForm = /^\d{1,16}-[a-z]{1,20}(?:-\d{1,4})?$/;
