/** Receives one file that a machine posts as multipart/form-data, and keeps only complete files. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import Busboy, { type BusboyHeaders } from '@fastify/busboy';
import { largestFetched, type ExpectedFile, type Upload, type UploadRefusal } from '#shared/model/fetched';
import { removeKept, writeKept } from '../../lib/files/writeKept';
import { fetchedPath } from './fetchedPath';

interface ReceiveParts {
  /** The folder for received files, with a subfolder per machine. */
  readonly folder: string;
  readonly now: () => number;
  readonly remoteAddress: string;
  readonly largest?: number;
}

/** Maximum characters of a field, and of a name. */
const longestField = 256;

/** The answer to the client for each refusal. */
export const answers: Readonly<Record<UploadRefusal, readonly [status: number, sentence: string]>> = {
  tooLarge: [413, 'this file is larger than is taken here.'],
  noFile: [400, 'there is no file in this form.'],
  empty: [400, 'the file in this form is empty.'],
  severalFiles: [400, 'one file is taken here, not several.'],
  malformed: [400, 'this is not a complete multipart/form-data body.'],
  otherMachine: [403, 'this address was given to another machine.'],
  notFromMachine: [403, 'only the machine that was asked may send a file here.'],
  broke: [400, 'this ended before the file was whole.'],
  notWritten: [507, 'the file could not be written here.'],
};

class Refused extends Error {
  readonly why: UploadRefusal;
  constructor(why: UploadRefusal, detail = '') {
    super(detail);
    this.why = why;
  }
}

/** Answers the request. @throws never */
export async function receiveFile(
  request: IncomingMessage,
  response: ServerResponse,
  expected: ExpectedFile,
  parts: ReceiveParts,
): Promise<Upload> {
  const { id, vmcNo } = expected;
  const { folder, now, remoteAddress } = parts;
  const path = fetchedPath(folder, expected);
  const seen = { bytes: 0 };
  try {
    await mkdir(join(folder, String(vmcNo)), { recursive: true }).catch((error: unknown) => {
      throw new Refused('notWritten', messageOf(error));
    });
    const form = await readForm(request, `${path}.part`, seen, parts.largest ?? largestFetched);
    if (form.vmc !== null && form.vmc.trim() !== String(vmcNo)) throw new Refused('otherMachine', form.vmc);
    const { type, day, askedAt } = expected;
    const { sha256, fileName } = form;
    const about = { id, vmcNo, type, day, askedAt, at: now() };
    const file = { ...about, bytes: seen.bytes, sha256, fileName, remoteAddress };
    try {
      writeKept(`${path}.json`, { ...file });
      await rename(`${path}.part`, path);
    } catch (error) {
      await removeKept(`${path}.json`).catch(() => undefined);
      throw new Refused('notWritten', messageOf(error));
    }
    // The body that android expects [field].
    answer(response, 200, 'application/json', '{"message":"success"}');
    return { ok: true, file };
  } catch (error) {
    await rm(`${path}.part`, { force: true }).catch(() => undefined);
    const why = error instanceof Refused ? error.why : 'malformed';
    const [status, sentence] = answers[why];
    answer(response, status, 'text/plain', `Crema: ${sentence}\n`);
    return {
      ok: false,
      id,
      vmcNo,
      at: now(),
      remoteAddress,
      bytes: seen.bytes,
      why,
      detail: messageOf(error),
    };
  }
}

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, longestField);

function answer(response: ServerResponse, status: number, type: string, text: string): void {
  if (response.headersSent || response.destroyed) return;
  const body = Buffer.from(text);
  response.writeHead(status, {
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Length': body.length,
    Connection: 'close',
  });
  response.end(body);
}

interface Form {
  readonly vmc: string | null;
  readonly fileName: string;
  readonly sha256: string;
}

/** @throws Refused */
async function readForm(
  request: IncomingMessage,
  part: string,
  seen: { bytes: number },
  largest: number,
): Promise<Form> {
  const found: {
    vmc: string | null;
    fileName: string;
    writing: Promise<string> | null;
    files: number;
  } = {
    files: 0,
    vmc: null,
    fileName: '',
    writing: null,
  };
  let form: ReturnType<typeof Busboy>;
  try {
    form = new Busboy({
      headers: request.headers as BusboyHeaders,
      limits: { files: 2, fields: 20, fieldSize: 4_096, parts: 24, headerPairs: 20 },
    });
  } catch (error) {
    throw new Refused('malformed', messageOf(error));
  }
  form.on('field', (name, value) => {
    if (name === 'vmc') found.vmc = value.slice(0, longestField);
  });
  form.on('file', (_name, stream, name) => {
    found.files += 1;
    // Busboy reports the form's end to its stream, but not errors. The stream would wait forever.
    form.once('error', (error: Error) => stream.destroy(error));
    if (found.writing !== null) return void stream.resume();
    found.fileName = (name as string | undefined)?.slice(0, longestField) ?? '';
    const writing = writeHashed(stream, part, seen, largest);
    found.writing = writing;
    // The result is awaited below. A failure must stop the request now.
    writing.catch((error: unknown) => form.destroy(error as Error));
  });
  try {
    await pipeline(request, form);
  } catch (error) {
    // The partial file is removed next, so it must exist by then.
    await found.writing?.catch(() => undefined);
    if (error instanceof Refused) throw error;
    throw new Refused(request.complete ? 'malformed' : 'broke', messageOf(error));
  }
  if (found.writing === null) throw new Refused('noFile');
  const sha256 = await found.writing;
  if (found.files > 1) throw new Refused('severalFiles');
  if (seen.bytes === 0) throw new Refused('empty');
  return { vmc: found.vmc, fileName: found.fileName, sha256 };
}

/** Returns the SHA-256. @throws Refused */
async function writeHashed(
  stream: Readable,
  part: string,
  seen: { bytes: number },
  largest: number,
): Promise<string> {
  const hash = createHash('sha256');
  const counted = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      seen.bytes += chunk.length;
      if (seen.bytes > largest) return done(new Refused('tooLarge'));
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const file = createWriteStream(part, { flush: true });
  const closed = new Promise<void>((resolve) => file.once('close', resolve));
  // The pipeline reports errors.
  file.on('error', () => undefined);
  try {
    await pipeline(stream, counted, file);
  } catch (error) {
    // The pipeline rejects at once, even if the file is still being opened. Wait until it can be removed.
    await closed;
    if (error instanceof Refused) throw error;
    throw new Refused('notWritten', messageOf(error));
  }
  return hash.digest('hex');
}
