import { Buffer, isUtf8 } from 'node:buffer';
import type { Finding } from '#shared/findings';
import { utf8Broken, utf8Next } from './utf8';

const gb18030 = new TextDecoder('gb18030', { fatal: true });
const noFindings: readonly Finding[] = [];

/** A body's characters: UTF-8 [doc 2], else GB18030, else UTF-8 with U+FFFD where bytes make no sense. Never throws. */
export function decodeText(bytes: Uint8Array): { text: string; findings: readonly Finding[] } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (isUtf8(buffer)) return { text: buffer.toString('utf8'), findings: noFindings };
  try {
    return { text: gb18030.decode(bytes), findings: [{ code: 'text.gb18030' }] };
  } catch {
    const offset = firstBroken(bytes);
    return { text: buffer.toString('utf8'), findings: [{ code: 'text.undecodable', params: { offset } }] };
  }
}

/** Offset of the byte at which `bytes` stop being UTF-8. */
function firstBroken(bytes: Uint8Array): number {
  let state = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    state = utf8Next(state, bytes[i] ?? 0);
    if (state === utf8Broken) return i;
  }
  return bytes.length;
}
