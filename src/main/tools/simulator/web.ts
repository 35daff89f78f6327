/** HTTP requests of a machine: downloads, file uploads and, on android, notices of accepted or refused commands. */
import { get } from 'node:http';
import { secondOf } from '#shared/messages/times';
import { makeNoticeSign } from '../../core/protocol/sign';
import { Timers, type Clock } from './clock';
import { notifyAttempts, notifyInterval, notifyPause } from './profile';
import type { Random } from './random';

export interface AnswerHead {
  readonly status: number;
  readonly etag: string | null;
  /** Bytes of the whole file, from the response. */
  readonly whole: number | null;
}

/** Receives a body piece by piece. */
export interface BodyReader {
  readonly begins: (head: AnswerHead) => void;
  /** Returns false to abort the download. */
  readonly takes: (piece: Uint8Array) => boolean;
}

interface Ask {
  /** ms for the whole body. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  readonly keepText?: boolean;
  /** Requests only the bytes after the first `at`, if the file is unchanged. */
  readonly after?: { readonly at: number; readonly etag: string | null } | null;
  readonly reader?: BodyReader;
}

interface Fetched {
  readonly status: number;
  /** The body's first 64 KiB as text; empty without `keepText`. */
  readonly text: string;
}

const maxText = 65_536;

/** Rejects if the body is incomplete within the time; resolves if its reader aborts. */
export type Fetch = (url: string, ask: Ask) => Promise<Fetched>;

/** GET, without redirects. */
export const fetchPlain: Fetch = (url, { timeout, signal, keepText = false, after = null, reader }) =>
  new Promise((resolve, reject) => {
    const headers: Record<string, string> = {};
    if (after !== null) {
      headers['Range'] = `bytes=${after.at}-`;
      if (after.etag !== null) headers['If-Range'] = after.etag;
    }
    const request = get(
      url,
      { headers, signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]) },
      (answer) => {
        const status = answer.statusCode ?? 0;
        const length = answer.headers['content-range']?.split('/')[1] ?? answer.headers['content-length'];
        reader?.begins({
          status,
          etag: answer.headers.etag ?? null,
          whole: length === undefined ? null : Number(length),
        });
        let bytes = 0;
        const chunks: Buffer[] = [];
        const done = (): void =>
          resolve({ status, text: Buffer.concat(chunks).subarray(0, maxText).toString() });
        answer.on('data', (chunk: Buffer) => {
          if (keepText && bytes < maxText) chunks.push(chunk);
          bytes += chunk.length;
          if (reader?.takes(chunk) !== false) return;
          done();
          request.destroy();
        });
        answer.on('error', reject);
        answer.on('end', done);
      },
    );
    request.on('error', reject);
  });

export interface OwnFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Rejects if the server does not accept the file. */
export type Post = (url: string, file: OwnFile, number: number, signal: AbortSignal) => Promise<void>;

/** android [field]: posts a form with the file and the sender; done when the response confirms. */
export const postFile: Post = async (url, { name, bytes }, number, signal) => {
  const form = new FormData();
  const timestamp = secondOf(Date.now());
  form.append('vmc', String(number));
  form.append('type', 'upload');
  form.append('timestamp', timestamp);
  form.append('nonce', timestamp);
  form.append('sign', '');
  form.append('file', new Blob([bytes]), name);
  const answer = await fetch(url, { method: 'POST', body: form, signal });
  const text = await answer.text();
  if (!text.includes('"success"')) throw new Error(`HTTP ${answer.status} ${text.slice(0, 100)}`);
};

export interface NotifierOptions {
  readonly number: number;
  /** Such as `http://192.168.1.200`; `null`: no reports. */
  readonly base: string | null;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: Random;
}

interface Notice {
  readonly url: string;
  attempts: number;
}

/** Sends android's command notices at every tenth tick, one a second, until a reply with a body arrives [field3]. */
export class Notifier {
  readonly #o: NotifierOptions;
  readonly #timers: Timers;
  /** Stored: a restart keeps the notices. */
  readonly #notices = new Set<Notice>();
  /** As `base` of the options; later notices use this address. */
  base: string | null;
  #isOn = false;
  #startedAt = 0;
  #isWaiting = false;
  #stopped = new AbortController();

  constructor(options: NotifierOptions) {
    this.#o = options;
    this.#timers = new Timers(options.clock);
    this.base = options.base;
  }

  /** Power on. */
  start(): void {
    this.#isOn = true;
    this.#startedAt = this.#o.clock.now();
    this.#wait();
  }

  /** Power off. */
  stop(): void {
    this.#isOn = false;
    this.#isWaiting = false;
    this.#timers.cancelAll();
    this.#stopped.abort();
    this.#stopped = new AbortController();
  }

  /** `failReason` null: the command is accepted. */
  send(sessionId: string, failReason: string | null): void {
    const { number, clock, random } = this.#o;
    const { base } = this;
    if (base === null) return;
    const timestamp = secondOf(clock.now());
    const address = new URL('/api/control/notify', base);
    const parameters = {
      nonce: random.hex(16),
      reason: failReason ?? 'SC',
      sessionId,
      status: failReason === null ? '1' : '0',
      timestamp,
      vmc: String(number),
    };
    address.search = new URLSearchParams({ ...parameters, sign: makeNoticeSign(parameters) }).toString();
    this.#notices.add({ url: address.href, attempts: 0 });
    this.#wait();
  }

  #wait(): void {
    if (!this.#isOn || this.#isWaiting || this.#notices.size === 0) return;
    this.#isWaiting = true;
    const running = this.#o.clock.now() - this.#startedAt;
    this.#timers.after(notifyInterval - (running % notifyInterval), () => {
      this.#isWaiting = false;
      [...this.#notices].forEach((notice, place) => {
        if (place === 0) this.#send(notice);
        else this.#timers.after(place * notifyPause, () => this.#send(notice));
      });
      this.#wait();
    });
  }

  #send(notice: Notice): void {
    if (!this.#notices.has(notice)) return;
    notice.attempts += 1;
    if (notice.attempts >= notifyAttempts) this.#notices.delete(notice);
    const { signal } = this.#stopped;
    this.#o.fetch(notice.url, { timeout: notifyInterval, signal, keepText: true }).then(
      // A reply without a body does not count.
      ({ text }) => text !== '' && this.#notices.delete(notice),
      () => undefined,
    );
  }
}
