/** HTTP requests of a machine: package downloads and, on android, reports of commands that it takes or not. */
import { get } from 'node:http';
import { secondOf } from '#shared/messages/times';
import { makeNoticeSign } from '../protocol/sign';
import { Timers, type Clock } from './clock';
import { notifyAttempts, notifyInterval, packageTimeout, packageAttempts } from './profile';
import type { Random } from './random';

interface Fetched {
  readonly status: number;
  /** Bytes of the body. */
  readonly bytes: number;
  /** The body's first 64 KiB as text; empty without `keepText`. */
  readonly text: string;
}

const maxText = 65_536;

/** Rejects when the body does not arrive whole within `timeout` ms. */
export type Fetch = (
  url: string,
  timeout: number,
  signal: AbortSignal,
  keepText?: boolean,
) => Promise<Fetched>;

/** A plain GET, no redirects, no ranges. */
export const fetchPlain: Fetch = (url, timeout, signal, keepText = false) =>
  new Promise((resolve, reject) => {
    const request = get(
      url,
      { signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]) },
      (answer) => {
        let bytes = 0;
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => {
          if (keepText && bytes < maxText) chunks.push(chunk);
          bytes += chunk.length;
        });
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            bytes,
            text: Buffer.concat(chunks).subarray(0, maxText).toString(),
          }),
        );
      },
    );
    request.on('error', reject);
  });

/** Downloads a file, with one retry, as android does [field]. */
async function download(fetch: Fetch, url: string, signal: AbortSignal, keepText = false): Promise<Fetched> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const fetched = await fetch(url, packageTimeout, signal, keepText);
      if (fetched.status === 200) return fetched;
      throw new Error(`HTTP ${fetched.status} for ${url}`);
    } catch (error) {
      if (attempt >= packageAttempts || signal.aborted) throw error;
    }
  }
}

/**
 * linux [doc 3.9]: `<dir>/update.xml` names the version and the package, which is then fetched. Returns the version. A stray
 * space at the end of `dir`, as in the document's example, is requested as `%20`.
 */
export async function upgradeByXml(dir: string, signal: AbortSignal, fetch = fetchPlain): Promise<string> {
  const address = new URL(`${dir}${dir.endsWith('/') ? '' : '/'}update.xml`);
  const { text } = await download(fetch, address.href, signal, true);
  const read = (name: string) =>
    new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1]?.replaceAll('&amp;', '&');
  const version = read('vendui_version')?.trim();
  const path = read('package_path');
  if (version === undefined || version === '' || path === undefined)
    throw new Error('update.xml is not complete');
  await download(fetch, new URL(path, address).href, signal);
  return version;
}

/** android [field]: the package's own URL, one GET. Returns the version in the file's name, if there is one. */
export async function upgradeByZip(
  url: string,
  signal: AbortSignal,
  fetch = fetchPlain,
): Promise<string | null> {
  const address = new URL(url);
  await download(fetch, address.href, signal);
  return /\d+(?:\.\d+)+/.exec(address.pathname.split('/').pop() ?? '')?.[0] ?? null;
}

export interface OwnFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Rejects when it was not taken. */
export type Post = (url: string, file: OwnFile, number: number, signal: AbortSignal) => Promise<void>;

/** android [field]: a form with the file and who sends it; it takes it for done when the answer says so. */
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
  /** Such as `http://192.168.1.200`; `null`: nothing is reported. */
  readonly base: string | null;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: Random;
}

/** Sends android's report of a command, repeated until there is a reply [field]. */
export class Notifier {
  readonly #o: NotifierOptions;
  readonly #timers: Timers;
  /** As `base` of the options; what is said from now on goes there. */
  base: string | null;
  #stopped = new AbortController();

  constructor(options: NotifierOptions) {
    this.#o = options;
    this.#timers = new Timers(options.clock);
    this.base = options.base;
  }

  /** `failReason` null: it takes the command, and acts now. */
  tell(sessionId: string, failReason: string | null): void {
    const { number, clock, random } = this.#o;
    const { base } = this;
    if (base === null) return;
    const timestamp = secondOf(clock.now());
    const address = new URL('/api/control/notify', base);
    const parameters = {
      nonce: random.hex(16),
      reason: failReason ?? '',
      sessionId,
      status: failReason === null ? '1' : '0',
      timestamp,
      vmc: String(number),
    };
    address.search = new URLSearchParams({ ...parameters, sign: makeNoticeSign(parameters) }).toString();
    this.#report(address.href, 1);
  }

  stop(): void {
    this.#timers.cancelAll();
    this.#stopped.abort();
    this.#stopped = new AbortController();
  }

  #report(url: string, attempt: number): void {
    const { signal } = this.#stopped;
    this.#o.fetch(url, notifyInterval, signal).catch(() => {
      if (signal.aborted || attempt >= notifyAttempts) return;
      this.#timers.after(notifyInterval, () => this.#report(url, attempt + 1));
    });
  }
}
