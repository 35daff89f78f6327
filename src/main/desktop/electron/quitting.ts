/**
 * Quitting without silent loss of records that the disk refuses. The user is asked and can choose another place. If nobody can be asked
 * (SIGTERM), the records go to the place of the command line, or are lost.
 */
import { app } from 'electron';
import { hasStuckThread } from '../../lib/threads/callable';
import { recordsLost } from '../../lib/launch/switches';
import { askElsewhere, askQuit, askRescueFile } from './askQuit';
import type { Language } from './plainPage';

export interface QuittingParts {
  readonly language: () => Language;
  /** The rescue file in the folder of the command line; `null`: no folder was given. */
  readonly rescueFile: () => string | null;
  /** The file name offered in the dialog. */
  readonly proposedFile: () => string;
  /** The number of entries that the disk refuses now. */
  readonly refused: () => Promise<number>;
  readonly openFirst: () => void;
  /** Stops all services in order. */
  readonly stop: () => Promise<void>;
  /** Whether records were lost; valid after `stop`. */
  readonly isLost: () => boolean;
}

export class Quitting {
  readonly #parts: QuittingParts;
  readonly #forced = new AbortController();
  #chosen: string | null = null;
  /** Quitting has begun, but the user can still cancel. */
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
      // Packages that listen for these signals load before Electron. Node gets them back from Electron only with its first listener.
      process.removeAllListeners(signal);
      process.on(signal, () => {
        this.#forced.abort();
        // A log-out ends all processes at once. Without this switch Chromium would end this one, because it can't restart its GPU process.
        app.commandLine.appendSwitch('disable-gpu-process-crash-limit');
        app.quit();
      });
    }
  }

  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** As `AskPlace`: the place for refused records after everything has stopped. */
  async place({ waiting }: { readonly waiting: number }, failed: string | null): Promise<string | null> {
    if (failed === null) return this.#chosen ?? this.#parts.rescueFile();
    const { signal } = this.#forced;
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
      // All records are written. The runtime would wait for the stuck thread forever.
      if (hasStuckThread()) process.kill(process.pid, 'SIGKILL');
      if (this.#parts.isLost()) app.exit(recordsLost);
      else app.quit();
    });
  }

  /** Returns false if the user cancels. */
  async #mayQuit(): Promise<boolean> {
    const { signal } = this.#forced;
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
