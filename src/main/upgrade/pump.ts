/**
 * A file's bytes into an answer: the next piece is read while this one is being sent, and pieces grow as long as the other end
 * takes them quickly. Big pieces are what makes a fast link fast; small ones show the progress of a slow one.
 */
import type { ServerResponse } from 'node:http';
import type { FileHandle } from 'node:fs/promises';

const smallest = 65_536;
const biggest = 1_048_576;
/** ms a piece should take. */
const aim = 50;

/** Sends bytes `start` to `end`, the last included, and tells of each piece once it is with the network. Rejects when it can't. */
export async function pump(
  file: FileHandle,
  response: ServerResponse,
  { start, end }: { readonly start: number; readonly end: number },
  onSent: (bytes: number) => void,
): Promise<void> {
  let size = smallest;
  let position = start;
  let spare: Buffer | null = null;
  const read = async (): Promise<Buffer> => {
    const wanted = Math.min(size, end + 1 - position);
    const buffer =
      spare !== null && spare.length >= wanted && spare.length <= 2 * size
        ? spare
        : Buffer.allocUnsafeSlow(size);
    spare = null;
    const { bytesRead } = await file.read(buffer, 0, wanted, position);
    if (bytesRead === 0) throw new Error('the file is shorter than it was');
    position += bytesRead;
    return buffer.subarray(0, bytesRead);
  };
  let next: Promise<Buffer> | null = read();
  while (next !== null) {
    const piece: Buffer = await next;
    next = position <= end ? read() : null;
    // Should sending fail, nobody waits for it any more.
    next?.catch(() => null);
    const began = performance.now();
    await write(response, piece);
    onSent(piece.length);
    const took = Math.max(performance.now() - began, 1);
    size = Math.round(Math.min(Math.max((piece.length * aim) / took, smallest), biggest, size * 2));
    spare = Buffer.from(piece.buffer);
  }
}

async function write(response: ServerResponse, piece: Buffer): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const gone = (): void => reject(new Error('the connection closed'));
    if (response.destroyed || response.closed) return gone();
    response.once('close', gone);
    response.write(piece, (error) => {
      response.off('close', gone);
      if (error === null || error === undefined) resolve();
      else reject(error);
    });
  });
}
