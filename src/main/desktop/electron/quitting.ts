/**
 * Quitting: whatever told Crema to, what the disk refuses is not lost without a word. A person is asked, and may name another place;
 * where nobody is there to be asked (SIGTERM), the place is the command line's, or none.
 */
import { app } from 'electron';
import { hasStuckThread } from '../../lib/threads/callable';
import { recordsLost } from '../../lib/launch/exitCodes';
import { askElsewhere, askQuit, askRescueFile } from './askQuit';
import type { Language } from './plainPage';

export interface QuittingParts {
  readonly language: () => Language;
  /** A file in the folder of the command line, `null` where none was given there. */
  readonly rescueFile: () => string | null;
  /** A file that a person may take. */
  readonly proposedFile: () => string;
  /** How many entries the disk refuses now. */
  readonly refused: () => Promise<number>;
  readonly openFirst: () => void;
  /** Ends everything in order. */
  readonly stop: () => Promise<void>;
  /** Records are lost; after `stop`. */
  readonly isLost: () => boolean;
}

export class Quitting {
  readonly #parts: QuittingParts;
  readonly #told = new AbortController();
  #chosen: string | null = null;
  /** A person may still be asked whether to stay. */
  #hasBegun = false;
  #isQuitting = false;
  #isDone = false;

  constructor(parts: QuittingParts) {
    this.#parts = parts;
    app.on('window-all-closed', () => app.quit());
    app.on('before-quit', () => (this.#hasBegun = true));
    app.on('will-quit', (event) => {
      if (this.#isDone) return;
      event.preventDefault();
      if (!this.#isQuitting) void this.#quit();
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      // Packages that watch for them are loaded before Electron takes them over, and Node takes them back only with the first watcher.
      process.removeAllListeners(signal);
      process.on(signal, () => {
        this.#told.abort();
        // A log-out ends all processes at once. Chromium would end this one too, as it can't start another that draws.
        app.commandLine.appendSwitch('disable-gpu-process-crash-limit');
        app.quit();
      });
    }
  }

  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** As `AskPlace`: where to write what is refused when everything has ended. */
  async place({ waiting }: { readonly waiting: number }, failed: string | null): Promise<string | null> {
    if (failed === null) return this.#chosen ?? this.#parts.rescueFile();
    const { signal } = this.#told;
    while (!signal.aborted) {
      if ((await askElsewhere(this.#parts.language(), { waiting, failed, signal })) === 'quit') return null;
      const file = await askRescueFile(this.#parts.proposedFile());
      if (file !== null) return file;
    }
    return null;
  }

  async #quit(): Promise<void> {
    this.#isQuitting = true;
    if (!(await this.#mayQuit())) {
      this.#isQuitting = false;
      this.#hasBegun = false;
      this.#parts.openFirst();
      return;
    }
    await this.#parts.stop().finally(() => {
      this.#isDone = true;
      // All is written. The runtime would wait for such a thread for ever.
      if (hasStuckThread()) process.kill(process.pid, 'SIGKILL');
      if (this.#parts.isLost()) app.exit(recordsLost);
      else app.quit();
    });
  }

  /** False: the person stays. */
  async #mayQuit(): Promise<boolean> {
    const { signal } = this.#told;
    if (this.#parts.rescueFile() !== null) return true;
    while (!signal.aborted) {
      const refused = await this.#parts.refused();
      if (refused === 0) return true;
      const answer = await askQuit(this.#parts.language(), refused, signal);
      if (answer !== 'save') return answer === 'quit';
      this.#chosen = await askRescueFile(this.#parts.proposedFile());
      if (this.#chosen !== null) return true;
    }
    return true;
  }
}
