/** Facts about Crema and its components. */

export interface About {
  /** The commit of the sources; '' if unknown. */
  readonly commit: string;
  /** The sources were changed after the commit. */
  readonly changed: boolean;
  /** Time of the commit; `null`: unknown. */
  readonly committedAt: number | null;
  /** Versions; '' for a missing component. */
  readonly runtime: Readonly<Record<'electron' | 'chromium' | 'node' | 'sqlite', string>>;
  readonly system: string;
  readonly dataFolder: string;
}

/** The licence of a shipped component. */
export interface Licence {
  readonly name: string;
  /** '': same as the runtime, or none. */
  readonly version: string;
  /** SPDX expression from the package. */
  readonly licence: string;
  /** `null`: in a separate file next to the program, too large to show here. */
  readonly text: string | null;
}
