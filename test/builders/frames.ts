/** Bytes in the form that machines send, for tests and benchmarks. */
import { Buffer } from 'node:buffer';
import { headSize } from '#shared/framing';
import { encodeFrame, encodeHead } from '../../src/main/core/protocol/encode';
import type { Head, JsonObject } from '#shared/model/frame';

/** A valid frame. */
export function frame(body: JsonObject | string, head: Head = 'decimal', sequence = 0): Buffer {
  const encoded = encodeFrame(body, head, sequence);
  if (!encoded.ok) throw new Error(`a frame of ${encoded.bytes} bytes`);
  return Buffer.from(encoded.bytes);
}

/** A frame whose head declares `total`, whatever the body. */
export function lyingFrame(
  body: string | Uint8Array,
  total: number,
  head: Head = 'decimal',
  sequence = 0,
): Buffer {
  return Buffer.concat([encodeHead(total, head, sequence), Buffer.from(body)]);
}

/** A frame with the correct total around a body that may be invalid text. */
export function rawFrame(body: string | Uint8Array, head: Head = 'decimal', sequence = 0): Buffer {
  const bytes = Buffer.from(body);
  return lyingFrame(bytes, headSize + bytes.length, head, sequence);
}

/** The text of an object whose frame has exactly `total` bytes (at least 14). */
export function bodyOfTotal(total: number): string {
  const room = total - headSize;
  return room < 18 ? `{${' '.repeat(room - 2)}}` : `{"cmd":"x","p":"${'p'.repeat(room - 18)}"}`;
}

/** Messages in the proportions of a real fleet: 70 % heartbeats, 10 % each of status, errors and orders. */
export function trafficMix(count: number, machines = 1000): JsonObject[] {
  const bodies: JsonObject[] = [];
  for (let i = 0; i < count; i += 1) {
    const vmc_no = 33_232 + (i % machines);
    const kind = i % 10;
    if (kind < 7) bodies.push({ cmd: 'hb', vmc_no });
    else if (kind === 7) {
      const supply = { '10007': '100000', '10009': String(9000 - (i % 900)), '10016': '4200' };
      if (i % 20 === 7) bodies.push({ cmd: 'machinestatus', vmc_no, status: 'dooropen' });
      else bodies.push({ cmd: 'machinestatus', vmc_no, status: 'supply', time: '20170503101500', supply });
    } else if (kind === 8) {
      bodies.push({
        cmd: 'error',
        vmc_no,
        datetime: '20161212',
        error_code: 'EC_2',
        error_description: 'No machine connected',
        isSet: true,
        is_fatal_error: true,
        is_persistence_error: true,
      });
    } else if (i % 20 === 9) {
      bodies.push({
        cmd: 'qrcode',
        vmc_no,
        qr_type: 'all',
        product_id: 810,
        Amount: 1000,
        order_no: orderNo(i),
        timestamp: '20170503101500',
        nameKey: 'hot_milk',
        order_resend_times: 0,
        order_uploaded: false,
      });
    } else {
      bodies.push({
        cmd: 'productdone',
        vmc_no,
        ProductName: 'Hot milk',
        ProductId: 701,
        ProductAmount: 1000,
        PayType: 'qr_pay',
        isok: true,
        order_no: orderNo(i),
        timestamp: '20170503101500',
        nameKey: 'hot_milk',
        order_resend_times: 0,
        order_uploaded: false,
      });
    }
  }
  return bodies;
}

function orderNo(i: number): string {
  return i.toString(16).padStart(32, '594f803b380a41396ed63dca39503540');
}

/** `bytes` in pieces of `size`. */
export function pieces(bytes: Uint8Array, size: number): Uint8Array[] {
  const out: Uint8Array[] = [];
  for (let i = 0; i < bytes.length; i += size) out.push(bytes.subarray(i, i + size));
  return out;
}
