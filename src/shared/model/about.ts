/** What Crema says of itself, and of what it is made of. */

export interface About {
  /** Of the sources; '' where that is not known. */
  readonly commit: string;
  /** The sources were changed after it. */
  readonly changed: boolean;
  /** When it was committed; `null`: not known. */
  readonly committedAt: number | null;
  /** Versions; '' for what is not there. */
  readonly runtime: Readonly<Record<'electron' | 'chromium' | 'node' | 'sqlite', string>>;
  readonly system: string;
  readonly dataFolder: string;
}

/** Of one thing that is shipped. */
export interface Licence {
  readonly name: string;
  /** '': that of the runtime, or none. */
  readonly version: string;
  /** As the package says it: an SPDX expression. */
  readonly licence: string;
  /** `null`: it is a file of its own beside the program, too large to be shown here. */
  readonly text: string | null;
}
