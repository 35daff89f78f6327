import type { ReactNode } from 'react';

export interface Step {
  readonly key: string;
  /** done: it happened. waiting: it is due. note: it is missing, and nothing waits for it. */
  readonly mark: 'done' | 'failed' | 'waiting' | 'note';
  readonly text: ReactNode;
  readonly at: number | null;
  /** The journal entry that proves it. */
  readonly entry: number | null;
}
