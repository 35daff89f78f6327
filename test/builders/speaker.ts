/** A machine driven by hand, over a real connection to the app, that reads incoming messages. */
import type { Head, JsonObject } from '#shared/model/frame';
import { FrameDecoder } from '../../src/main/core/protocol/frame';
import type { TestApp } from './app';
import { frame } from './frames';
import { RawClient } from './server';

/** A machine driven by hand that reads incoming messages. */
export class Speaker {
  readonly #client: RawClient;
  readonly #vmcNo: number;
  readonly #head: Head;
  #sequence = 0;

  constructor(client: RawClient, vmcNo: number, head: Head) {
    this.#client = client;
    this.#vmcNo = vmcNo;
    this.#head = head;
  }

  hangsUp(): void {
    this.#client.socket.destroy();
  }

  /** Forgets all received messages. */
  forgets(): void {
    this.#client.received = Buffer.alloc(0);
  }

  says(cmd: string, members: JsonObject): void {
    this.saysText({ cmd, vmc_no: this.#vmcNo, ...members });
  }

  /** A text is a body as it is. */
  saysText(body: JsonObject | string): void {
    this.#client.send(frame(body, this.#head, this.#sequence));
    this.#sequence += 1;
  }

  asks(orderNo: string, over: JsonObject = {}): void {
    this.says('qrcode', { qr_type: 'all', product_id: 810, Amount: 1550, order_no: orderNo, ...over });
  }

  get messages(): readonly JsonObject[] {
    const items = new FrameDecoder().push(this.#client.received);
    return items.flatMap((item) => (item.kind === 'frame' && item.json !== null ? [item.json] : []));
  }

  /** The message with this command and order, once received. */
  async hears(cmd: string, orderNo: string): Promise<JsonObject> {
    const find = (): JsonObject | undefined =>
      this.messages.findLast((message) => message['cmd'] === cmd && message['order_no'] === orderNo);
    await this.#client.until(() => find() !== undefined);
    return find() ?? {};
  }
}

const logins = {
  linux: { timestamp: 20150624, sign: 'x', version: '1.2.8.8', linuxDriverVersion: '1.3' },
  android: {
    timestamp: 20150624,
    sign: 'x',
    version: '3.4.4',
    io_version: '2.0',
    login_count: 1,
    comp_id: '1001',
  },
} as const;

export async function machine(app: TestApp, vmcNo: number, platform: 'linux' | 'android'): Promise<Speaker> {
  const client = await RawClient.open(app.machinePort);
  const made = new Speaker(client, vmcNo, platform === 'linux' ? 'decimal' : 'le48');
  made.says('login', logins[platform]);
  await client.until(() => client.received.includes('"login_r"'));
  return made;
}
