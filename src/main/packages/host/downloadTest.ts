/** Downloads from our own package host as a machine would. A random answer proves that our host replied. */
import { get, type IncomingMessage } from 'node:http';
import type { DownloadTest } from '#shared/model/downloadTest';

/** ms */
const limit = 5_000;
const longestAnswer = 1_024;

/** The answer that the host gives once. */
export interface TestAnswer {
  readonly token: string;
  readonly answer: string;
}

const testPath = (token: string): string => `/t/${token}`;

type Outcome = Pick<DownloadTest, 'problem' | 'detail'>;

/** `isListenedAt`: the package host listens at that address. */
export function testDownload(
  { host, port }: Pick<DownloadTest, 'host' | 'port'>,
  isListenedAt: boolean,
  { token, answer }: TestAnswer,
  ms = limit,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(ms);
    const request = get(
      { host, port, path: testPath(token), localAddress: host, agent: false, signal },
      (response) => {
        let body = '';
        response.setEncoding('latin1').on('data', (chunk: string) => {
          body += chunk;
          if (body.length > longestAnswer) request.destroy();
        });
        const done = (): void =>
          resolve(
            body === answer
              ? { problem: null, detail: '' }
              : { problem: 'otherServer', detail: whoAnswered(response) },
          );
        response.on('end', done).on('error', done).on('close', done);
      },
    );
    request.on('error', (error: NodeJS.ErrnoException) =>
      resolve(signal.aborted ? { problem: 'timeout', detail: '' } : outcomeOf(error, isListenedAt)),
    );
  });
}

function whoAnswered({ statusCode = 0, headers: { server } }: IncomingMessage): string {
  return `HTTP ${statusCode} ${String(server ?? '').slice(0, 60)}`.trimEnd();
}

function outcomeOf({ code = '', message }: NodeJS.ErrnoException, isBound: boolean): Outcome {
  const detail = code === '' ? message : code;
  if (code === 'ECONNREFUSED') return { problem: isBound ? 'refused' : 'notBound', detail };
  // The adapter has another address now.
  if (code === 'EADDRNOTAVAIL') return { problem: 'notBound', detail };
  if (code === 'ETIMEDOUT') return { problem: 'timeout', detail };
  // The server accepted the connection but does not speak HTTP.
  if (code === 'ECONNRESET' || code.startsWith('HPE_')) return { problem: 'otherServer', detail };
  return { problem: 'failed', detail };
}
