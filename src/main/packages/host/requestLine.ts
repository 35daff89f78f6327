/**
 * A machine may write its address into the request as it was told it, with a space inside [doc 3.9]. Node's parser ends an address at its first
 * space and has no option to read on, so the line is mended before the parser sees it.
 */
import type { Socket } from 'node:net';

/** As long as Node lets a request head be; it refuses what is longer itself. */
const longest = 16_384;
const lineFeed = 10;

/**
 * Calls `pass` once the first line is there, or what came can't be one; all that was read is then to be read again. `isMended`: a space was in
 * the address. Only the first request of a connection is looked at.
 */
export function mendRequestLine(socket: Socket, pass: (isMended: boolean) => void): void {
  let head: Buffer = Buffer.alloc(0);
  const onData = (chunk: Buffer): void => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf(lineFeed);
    if (end < 0 && head.length < longest && isBeginning(head)) return;
    socket.off('data', onData);
    socket.off('end', onEnd);
    socket.pause();
    const read = end < 0 ? head : mended(head, end);
    socket.unshift(read);
    pass(read !== head);
    socket.resume();
  };
  const onEnd = (): void => void socket.destroy();
  socket.on('data', onData);
  socket.on('end', onEnd);
}

function isBeginning(head: Buffer): boolean {
  return /^[A-Z]{1,10}(?: |$)/.test(head.toString('latin1'));
}

/** Whether it begins with a request that would have been mended. */
export function isMendable(packet: Buffer): boolean {
  return mended(packet, Math.max(0, packet.indexOf(lineFeed))) !== packet;
}

function mended(head: Buffer, end: number): Buffer {
  const [, before = '', address = '', after = ''] =
    /^([A-Z]+ +)(\S.*)( HTTP\/1\.[01]\r?)$/.exec(head.toString('latin1', 0, end)) ?? [];
  if (!address.includes(' ')) return head;
  const line = Buffer.from(`${before}${address.replaceAll(' ', '%20')}${after}`, 'latin1');
  return Buffer.concat([line, head.subarray(end)]);
}
