/** A hand-made android machine for file requests: the address comes with the command, and the test sets the body. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { decimalFrame } from '../builders/server';

/** ms between two heartbeats: Crema treats a silent machine as lost. */
const heartbeatEvery = 10_000;

export class AndroidMachine {
  readonly vmcNo: number;
  readonly #socket: Socket;
  #text = '';
  #wake: () => void = () => undefined;

  private constructor(vmcNo: number, socket: Socket) {
    this.vmcNo = vmcNo;
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      this.#text += chunk.toString();
      this.#wake();
    });
    socket.on('close', () => this.#wake());
  }

  static async open(port: number, vmcNo: number): Promise<AndroidMachine> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const machine = new AndroidMachine(vmcNo, socket);
    await once(socket, 'connect');
    socket.write(
      decimalFrame(
        JSON.stringify({ cmd: 'login', vmc_no: vmcNo, version: '2.0', io_version: '9', login_count: 3 }),
      ),
    );
    await machine.#until(/login_r/);
    const beat = setInterval(
      () => socket.write(decimalFrame(JSON.stringify({ cmd: 'hb', vmc_no: vmcNo }))),
      heartbeatEvery,
    );
    socket.once('close', () => clearInterval(beat));
    return machine;
  }

  /** The next address to which a command asks it to send a file. */
  async address(): Promise<string> {
    const [whole, url = ''] = await this.#until(/"dir":"(http[^"]*\/f\/[^"]*)"/);
    this.#text = this.#text.slice(this.#text.indexOf(whole) + whole.length);
    return url.replaceAll('\\/', '/');
  }

  close(): void {
    this.#socket.destroy();
  }

  async #until(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.#text);
      if (found !== null) return found;
      if (this.#socket.destroyed) throw new Error(`machine ${this.vmcNo} was let go of`);
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

/** A form as android sends it. */
export function formOf(vmcNo: number, name: string, bytes: Uint8Array): FormData {
  const form = new FormData();
  form.append('vmc', String(vmcNo));
  form.append('type', 'upload');
  form.append('file', new Blob([new Uint8Array(bytes)]), name);
  return form;
}
