/**
 * A machine may copy its address into the request unchanged, with a space inside [doc 3.9]. Node's parser ends an
 * address at the first space and has no option for this. So the request line is repaired before parsing.
 */
import type { Socket } from 'node:net';

/** Node's limit for a request head. Node itself refuses longer ones. */
const longest = 16_384;
const lineFeed = 10;

/**
 * Calls `pass` once the first line is complete, or cannot be a request line. The socket then emits all bytes again.
 * `isMended`: the address contained a space. Only the first request of a connection is checked.
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

/** True if the packet begins with a request line that can be repaired. */
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
