/** A crash as the window reports it. */

/** Texts: `crash.<part>`. */
export const crashedParts = [
  /** The previous launch did not end in order. */
  'app',
  'window',
  'graphics',
  /** Another process of the runtime. */
  'helper',
  'server',
  'journal',
  'packages',
  'virtual',
  'sites',
  'jobs',
] as const;
export type CrashedPart = (typeof crashedParts)[number];

export interface Crash {
  /** Name of its crash note. */
  readonly id: string;
  readonly what: CrashedPart;
  /** ms since 1970. */
  readonly at: number;
  /** Whether the part was restarted. */
  readonly again: boolean;
}

export const crashIdForm = /^\d{1,16}-[a-z]{1,20}(?:-\d{1,4})?$/;
