/** Machines that send and count answers: each heartbeat has a number, to be found in the journal. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { decimalFrame } from '../builders/server';

/** Heartbeats of one write, at full speed. */
const burst = 200;
const answer = Buffer.from('"hb"');

interface Answered {
  /** performance.now() */
  readonly at: number;
  /** Answers by then. */
  readonly count: number;
}

export class CountingMachine {
  readonly vmcNo: number;
  readonly socket: Socket;
  readonly ended: Promise<unknown>;
  readonly answers: Answered[] = [];
  sent = 0;
  #answered = 0;
  #wake: () => void = () => undefined;
  /** Bytes that may begin an answer. */
  #rest: Buffer = Buffer.alloc(0);

  private constructor(vmcNo: number, socket: Socket) {
    this.vmcNo = vmcNo;
    this.socket = socket;
    this.ended = new Promise((resolve) => socket.once('close', resolve));
  }

  static async open(port: number, vmcNo: number): Promise<CountingMachine> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.on('error', () => undefined);
    const machine = new CountingMachine(vmcNo, socket);
    socket.on('close', () => machine.#wake());
    await once(socket, 'connect');
    socket.write(
      decimalFrame(`{"cmd":"login","vmc_no":${vmcNo},"version":"1.2.8.8","linuxDriverVersion":"1.3"}`),
    );
    const isIn = new Promise<boolean>((resolve) => {
      let text = '';
      const read = (chunk: Buffer): void => {
        text += chunk.toString();
        if (!text.includes('login_r')) return;
        socket.off('data', read).on('data', (bytes: Buffer) => machine.#take(bytes));
        resolve(true);
      };
      socket.on('data', read).once('close', () => resolve(false));
    });
    if (!(await isIn)) throw new Error(`machine ${vmcNo} was let go of at its login`);
    return machine;
  }

  get answered(): number {
    return this.#answered;
  }

  send(count = 1): boolean {
    let text = '';
    for (let n = 0; n < count; n += 1) {
      this.sent += 1;
      text += decimalFrame(`{"cmd":"hb","vmc_no":${this.vmcNo},"n":${this.sent}}`);
    }
    return this.socket.write(text);
  }

  /** Waits for so many answers, or for the end of its connection. */
  async until(count: number): Promise<void> {
    while (this.#answered < count && !this.socket.destroyed)
      await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  /** At full speed. */
  flood(): void {
    const pump = (): void => {
      while (!this.socket.destroyed && this.send(burst));
    };
    this.socket.on('drain', pump);
    pump();
  }

  #take(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let end = 0;
    for (let at = bytes.indexOf(answer); at >= 0; at = bytes.indexOf(answer, end)) {
      this.#answered += 1;
      end = at + answer.length;
    }
    this.#rest = bytes.subarray(Math.max(end, bytes.length - answer.length + 1));
    this.answers.push({ at: performance.now(), count: this.#answered });
    this.#wake();
  }
}

/** Heartbeats at a fixed total rate, until it is stopped. */
export function atRate(machines: readonly CountingMachine[], perSecond: number): () => void {
  const begun = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = ((performance.now() - begun) / 1_000) * perSecond;
    for (; sent < due; sent += 1) machines[sent % machines.length]?.send();
  }, 5);
  return () => clearInterval(timer);
}
