/** Files that machines were asked for: each comes by a request of its own to an address that nobody else knows. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { remarksCounted } from '#shared/commands/kit/steps';
import type { ExpectedFile, MovedMachine, Upload } from '#shared/model/fetched';
import type { Target } from './address';
import { afterBody } from './afterBody';
import { moveMachine } from './moveMachine';
import { answers, receiveFile } from './receiveFile';
import { remoteOf } from './respond';

interface ExpectedFilesParts {
  /** Where they are kept. */
  readonly folder: string;
  readonly now: () => number;
  readonly onUpload: (upload: Upload) => void;
}

export type Refuse = (status: number, sentence: string) => void;

export class ExpectedFiles {
  readonly #parts: ExpectedFilesParts;
  readonly #expected = new Map<number, ExpectedFile>();
  /** By expected file: the request that it comes by. */
  readonly #receiving = new Map<
    number,
    { readonly request: IncomingMessage; readonly over: Promise<void> }
  >();
  /** By expected file: how often another address than its machine's was refused. */
  readonly #foreign = new Map<number, number>();

  constructor(parts: ExpectedFilesParts) {
    this.#parts = parts;
  }

  /** A machine is about to be told to send it. */
  expect(file: ExpectedFile): void {
    this.#expected.set(file.id, file);
  }

  /** It may send from there now. */
  moved(machine: MovedMachine): void {
    moveMachine(this.#expected, machine);
  }

  /** Each address takes one file: another one, and whoever only guesses, is turned away. The newest request for it counts. */
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
      this.#tellForeign(expected, remoteOf(request));
      response.setHeader('Connection', 'close');
      const [status, sentence] = answers.notFromMachine;
      return afterBody(request, () => refuse(status, sentence));
    }
    const before = this.#receiving.get(expected.id);
    // A machine begins anew when its connection broke, which we may notice a minute later.
    before?.request.destroy();
    const over = this.#take(request, response, { id: expected.id, refuse, before: before?.over ?? null });
    this.#receiving.set(expected.id, { request, over });
  }

  /** Once what came before of the same file is over. */
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
    // Until then the machine may try once more.
    if (upload.ok) this.#expected.delete(id);
    if (this.#receiving.get(id)?.request === request) this.#receiving.delete(id);
    onUpload(upload);
  }

  /** Anybody in the network can send thousands: they are told as often as a step counts. */
  #tellForeign({ id, vmcNo }: ExpectedFile, remoteAddress: string): void {
    const told = this.#foreign.get(id) ?? 0;
    if (told >= remarksCounted) return;
    this.#foreign.set(id, told + 1);
    const { now, onUpload } = this.#parts;
    const why = 'notFromMachine';
    onUpload({ ok: false, id, vmcNo, at: now(), remoteAddress, bytes: 0, why, detail: '' });
  }
}

function refuseFile(request: IncomingMessage, response: ServerResponse, refuse: Refuse): void {
  response.setHeader('Connection', 'close');
  afterBody(request, () => refuse(404, 'no file is expected at this address, or it has come already.'));
}
