/** Files that machines were asked to send. Each has an upload address of its own, which only its machine receives. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { remarksCounted } from '#shared/commands/kit/steps';
import { moveMachine, type ExpectedFile, type MovedMachine, type Upload } from '#shared/model/fetched';
import type { Target } from '../host/address';
import { afterBody, remoteOf } from '../host/respond';
import { answers, receiveFile } from './receiveFile';

interface ExpectedFilesParts {
  /** The folder for received files. */
  readonly folder: string;
  readonly now: () => number;
  readonly onUpload: (upload: Upload) => void;
}

export type Refuse = (status: number, sentence: string) => void;

export class ExpectedFiles {
  readonly #parts: ExpectedFilesParts;
  readonly #expected = new Map<number, ExpectedFile>();
  /** The upload of each expected file, by the file's id. */
  readonly #receiving = new Map<
    number,
    { readonly request: IncomingMessage; readonly over: Promise<void> }
  >();
  /** Count of refused uploads from foreign addresses, by the file's id. */
  readonly #foreign = new Map<number, number>();

  constructor(parts: ExpectedFilesParts) {
    this.#parts = parts;
  }

  /** Call this before the machine is asked to send the file. */
  expect(file: ExpectedFile): void {
    this.#expected.set(file.id, file);
  }

  /** Updates the address that the machine may send from. */
  moved(machine: MovedMachine): void {
    moveMachine(this.#expected, machine);
  }

  /**
   * Accepts one file per address and refuses all other requests. A newer
   * upload of the same file replaces the older one.
   */
  receive(
    request: IncomingMessage,
    response: ServerResponse,
    { target: { segments }, refuse }: { readonly target: Target; readonly refuse: Refuse },
  ): void {
    if (request.method !== 'POST') {
      response.setHeader('Allow', 'POST');
      response.setHeader('Connection', 'close');
      return refuse(405, 'only POST is answered here.');
    }
    const [, vmcNo, id = '', token, ...rest] = segments;
    const expected = /^\d+$/.test(id) ? this.#expected.get(Number(id)) : undefined;
    if (
      expected === undefined ||
      String(expected.vmcNo) !== vmcNo ||
      expected.token !== token ||
      rest.length > 0
    )
      return refuseFile(request, response, refuse);
    if (remoteOf(request) !== expected.address) {
      this.#reportForeign(expected, remoteOf(request));
      response.setHeader('Connection', 'close');
      const [status, sentence] = answers.notFromMachine;
      return afterBody(request, () => refuse(status, sentence));
    }
    const before = this.#receiving.get(expected.id);
    // A machine sends the file again after a broken connection. Crema may notice the break only a minute later.
    before?.request.destroy();
    const over = this.#take(request, response, { id: expected.id, refuse, before: before?.over ?? null });
    this.#receiving.set(expected.id, { request, over });
  }

  /** Waits until the older upload of the same file has ended. */
  async #take(
    request: IncomingMessage,
    response: ServerResponse,
    {
      id,
      refuse,
      before,
    }: { readonly id: number; readonly refuse: Refuse; readonly before: Promise<void> | null },
  ): Promise<void> {
    await before;
    const expected = this.#expected.get(id);
    if (expected === undefined) {
      refuseFile(request, response, refuse);
      return;
    }
    this.#foreign.delete(id);
    const { folder, now, onUpload } = this.#parts;
    const parts = { folder, now, remoteAddress: remoteOf(request) };
    const upload = await receiveFile(request, response, expected, parts);
    // After a failure the machine may try again.
    if (upload.ok) this.#expected.delete(id);
    if (this.#receiving.get(id)?.request === request) this.#receiving.delete(id);
    onUpload(upload);
  }

  /** Any host in the network can send thousands of requests, so reports stop at the count of a remark. */
  #reportForeign({ id, vmcNo }: ExpectedFile, remoteAddress: string): void {
    const reported = this.#foreign.get(id) ?? 0;
    if (reported >= remarksCounted) return;
    this.#foreign.set(id, reported + 1);
    const { now, onUpload } = this.#parts;
    const why = 'notFromMachine';
    onUpload({ ok: false, id, vmcNo, at: now(), remoteAddress, bytes: 0, why, detail: '' });
  }
}

function refuseFile(request: IncomingMessage, response: ServerResponse, refuse: Refuse): void {
  response.setHeader('Connection', 'close');
  afterBody(request, () => refuse(404, 'no file is expected at this address, or it has come already.'));
}
