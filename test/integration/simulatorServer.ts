/** A small real machine server, written for these tests on the protocol alone: virtual machines connect to it. */
import { createServer, type Server, type Socket } from 'node:net';
import type { FindingCode } from '#shared/findings';
import type { Head, JsonObject } from '#shared/model/frame';
import { encodeFrame } from '../../src/main/core/protocol/encode';
import { FrameDecoder, type Decoded } from '../../src/main/core/protocol/frame';

export interface ReceivedFrame {
  readonly connection: number;
  readonly at: number;
  readonly body: JsonObject;
  readonly head: Head | null;
  readonly findings: readonly FindingCode[];
}

export class TestServer {
  readonly received: ReceivedFrame[] = [];
  readonly findings: FindingCode[] = [];
  readonly closed: { readonly connection: number; readonly reset: boolean }[] = [];
  /** Ports of the peers, by connection number. */
  readonly ports: number[] = [];
  /** Bytes of each single read, newest last. */
  readonly reads: number[] = [];
  port = 0;
  bytes = 0;
  /** Commands that stay unanswered. */
  readonly ignores = new Set<string>();
  /** Whether a machine that asks for a QR text receives a payment right after it. */
  pays = false;
  ret = 0;
  readonly #server: Server;
  readonly #sockets = new Map<number, { socket: Socket; head: Head }>();
  #waiting: (() => void)[] = [];

  private constructor() {
    this.#server = createServer({ noDelay: true }, (socket) => this.#connected(socket));
  }

  static async start(port = 0): Promise<TestServer> {
    const server = new TestServer();
    await new Promise<void>((resolve) => server.#server.listen(port, '127.0.0.1', resolve));
    const address = server.#server.address();
    server.port = typeof address === 'object' && address !== null ? address.port : 0;
    return server;
  }

  async stop(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const { socket } of this.#sockets.values()) socket.destroy();
    await ended;
  }

  get open(): number {
    return this.#sockets.size;
  }

  of(cmd: string): ReceivedFrame[] {
    return this.received.filter(({ body }) => body['cmd'] === cmd);
  }

  statuses(): unknown[] {
    return this.of('machinestatus').map(({ body }) => body['status']);
  }

  /** Sends to the newest connection, or to the given one. */
  send(body: JsonObject, connection = this.ports.length): void {
    const to = this.#sockets.get(connection);
    if (to === undefined) throw new Error(`connection ${connection} is closed`);
    const encoded = encodeFrame(body, to.head);
    if (!encoded.ok) throw new Error('too long');
    to.socket.write(encoded.bytes);
  }

  hangUp(connection = this.ports.length): void {
    this.#sockets.get(connection)?.socket.end();
  }

  /** Waits until a condition on the received messages holds. */
  async until(condition: () => boolean, what: string, ms = 50_000): Promise<void> {
    const end = Date.now() + ms;
    while (!condition()) {
      if (Date.now() >= end) {
        const last = this.received.slice(-8).map(({ body }) => JSON.stringify(body));
        throw new Error(`waited ${ms} ms in vain for: ${what}\nlast received:\n${last.join('\n')}`);
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 50);
        this.#waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  #connected(socket: Socket): void {
    const connection = this.ports.push(socket.remotePort ?? 0);
    const decoder = new FrameDecoder();
    let reset = false;
    let reads = 0;
    let quiet: NodeJS.Timeout | undefined;
    this.#sockets.set(connection, { socket, head: 'decimal' });
    socket.on('data', (chunk) => {
      this.bytes += chunk.length;
      this.reads.push(chunk.length);
      this.#take(connection, decoder.push(chunk));
      clearTimeout(quiet);
      reads += 1;
      const then = reads;
      quiet = setTimeout(() => {
        // Data that arrived while this process was busy is read first.
        setImmediate(() => {
          if (reads === then) this.#take(connection, decoder.settle());
        });
      }, 200);
    });
    socket.on('error', () => (reset = true));
    socket.on('close', () => {
      clearTimeout(quiet);
      this.#take(connection, decoder.end());
      this.#sockets.delete(connection);
      this.closed.push({ connection, reset });
      this.#wake();
    });
    this.#wake();
  }

  #take(connection: number, decoded: readonly Decoded[]): void {
    for (const item of decoded) {
      if (item.kind === 'overflow') continue;
      const findings = item.findings.map(({ code }) => code);
      this.findings.push(...findings);
      if (item.kind !== 'frame') continue;
      const body = item.json ?? {};
      this.received.push({ connection, at: Date.now(), body, head: item.head, findings });
      const to = this.#sockets.get(connection);
      if (to !== undefined && item.head !== null) to.head = item.head;
      for (const answer of this.#answers(body)) if (to !== undefined) this.send(answer, connection);
    }
    this.#wake();
  }

  #answers(body: JsonObject): readonly JsonObject[] {
    const { cmd, vmc_no = null, order_no = null, Amount = null } = body;
    if (typeof cmd !== 'string' || this.ignores.has(cmd)) return [];
    switch (cmd) {
      case 'hb':
        return [{ cmd, vmc_no }];
      case 'login':
        return [{ cmd: 'login_r', vmc_no, date_time: '2024-05-01 08:00:00', ret: this.ret }];
      case 'error':
        return [{ cmd: 'error_r', vmc_no }];
      case 'productdone':
        return [{ cmd: 'productdone_r', vmc_no, order_no, isOk: true }];
      case 'rinsingrecord':
        return [{ cmd: 'rinsingrecord_r', vmc_no, c_uid: body['c_uid'] ?? null }];
      case 'qrcode':
        return [
          { cmd: 'qrcode_r', vmc_no, qr_type: 'wx_pub', qrcode: 'weixin://test', order_no },
          ...(this.pays
            ? [
                {
                  cmd: 'pay_done',
                  vmc_no,
                  product_amount: Amount,
                  order_no,
                  paydone: true,
                  paytype: 'wx_pub',
                },
              ]
            : []),
        ];
      default:
        return [];
    }
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
