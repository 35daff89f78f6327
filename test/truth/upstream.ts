/** The operator's own server behind Crema's relay, without Crema's code: it answers its machine, and sends commands of its own. */
import { dateTimeOf } from '#shared/messages/times';
import type { Head, JsonObject } from '#shared/model/frame';
import { encodeFrame } from '../../src/main/core/protocol/encode';
import { FrameDecoder } from '../../src/main/core/protocol/frame';
import type { VirtualClock } from './clock';

/** Commands that it may give to its machine. */
export const wishes = ['opendoor', 'products', 'reboot', 'pay'] as const;
export type Wish = (typeof wishes)[number];

export class Upstream {
  readonly #clock: VirtualClock;
  readonly #vmcNo: number;
  /** Sends on the machine's newest connection. */
  #write: ((bytes: Uint8Array) => void) | null = null;
  #head: Head = 'decimal';
  #sequence = 0;
  #order: JsonObject | null = null;
  #orders = 0;

  constructor(clock: VirtualClock, vmcNo: number) {
    this.#clock = clock;
    this.#vmcNo = vmcNo;
  }

  /** A connection that Crema relays. Gives the receiver of the machine's bytes. */
  connected(write: (bytes: Uint8Array) => void): (bytes: Uint8Array) => void {
    this.#write = write;
    this.#sequence = 0;
    const decoder = new FrameDecoder({ preferred: this.#head });
    return (bytes) => {
      for (const item of decoder.push(bytes)) {
        if (item.kind !== 'frame' || item.json === null) continue;
        if (item.head !== null) this.#head = item.head;
        const { json } = item;
        this.#clock.after(5, () => {
          if (this.#write === write) this.#answer(json);
        });
      }
    };
  }

  wants(wish: Wish, productId: number): void {
    const android = this.#head === 'le48';
    const remote = (operation: string): JsonObject => {
      this.#orders += 1;
      return { cmd: 'remote', vmc_no: this.#vmcNo, operation, session_id: `up${this.#orders}` };
    };
    switch (wish) {
      case 'opendoor':
        this.#say(android ? remote('opendoor') : { cmd: 'opendoor', vmc_no: this.#vmcNo });
        break;
      case 'reboot':
        this.#say(android ? remote('reboot') : { cmd: 'reboot', vmc_no: this.#vmcNo });
        break;
      case 'products':
        this.#orders += 1;
        this.#say(
          android
            ? { ...remote('products'), product_id: productId }
            : {
                cmd: 'products',
                vmc_no: this.#vmcNo,
                order_no: `UP${this.#orders}`,
                product_id: productId,
                fastcode: 333,
                paydone: true,
                paytype: 'fastcode',
              },
        );
        break;
      case 'pay':
        if (this.#order === null) break;
        this.#say({
          cmd: 'pay_done',
          vmc_no: this.#vmcNo,
          product_amount: this.#order['Amount'] ?? 0,
          order_no: this.#order['order_no'] ?? '',
          paydone: true,
          paytype: 'wx_pub',
        });
        break;
    }
  }

  #answer(body: JsonObject): void {
    const vmc_no = this.#vmcNo;
    switch (body['cmd']) {
      case 'login':
        this.#say({ cmd: 'login_r', vmc_no, date_time: dateTimeOf(this.#clock.now()), ret: 0 });
        break;
      case 'hb':
        this.#say({ cmd: 'hb', vmc_no });
        break;
      case 'error':
        this.#say({ cmd: 'error_r', vmc_no });
        break;
      case 'productdone':
        this.#say({ cmd: 'productdone_r', vmc_no, order_no: body['order_no'] ?? '', isOk: true });
        break;
      case 'qrcode':
        this.#order = body;
        this.#say({
          cmd: 'qrcode_r',
          vmc_no,
          qr_type: body['qr_type'] === 'all' ? 'wx_pub' : (body['qr_type'] ?? 'wx_pub'),
          qrcode: 'https://pay.example/1',
          order_no: body['order_no'] ?? '',
        });
        break;
      case 'rinsingrecord':
        this.#say({ cmd: 'rinsingrecord_r', c_uid: body['c_uid'] ?? '', vmc_no });
        break;
      case 'feedrecord':
        this.#say({ cmd: 'feedrecord_r', vmc_no, timestamp: body['timestamp'] ?? '', isOk: true });
        break;
      case 'upordrecipe':
        this.#say({ cmd: 'upordrecipe_r', vmc_no, order_no: body['order_no'] ?? '', isOk: true });
        break;
      default:
        break;
    }
  }

  #say(body: JsonObject): void {
    const encoded = encodeFrame(body, this.#head, this.#sequence);
    this.#sequence += 1;
    if (encoded.ok) this.#write?.(encoded.bytes);
  }
}
