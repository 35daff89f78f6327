import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { openVirtualDisplay } from '../../../scripts/lib/display.mjs';
import { onPath } from '../../../scripts/lib/run.mjs';

/** @typedef {import('../../../scripts/lib/display.mjs').Display} Display */

/** @type {Display | null} */
let display = null;
afterEach(async () => {
  await display?.close();
  display = null;
});

const padded = (/** @type {Buffer} */ bytes) =>
  Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);

/** The first message of an X client. @param {Buffer} cookie */
function greeting(cookie) {
  const name = Buffer.from('MIT-MAGIC-COOKIE-1');
  const head = Buffer.alloc(12);
  head.write('l');
  head.writeUInt16LE(11, 2);
  head.writeUInt16LE(name.length, 6);
  head.writeUInt16LE(cookie.length, 8);
  return Buffer.concat([head, padded(name), padded(cookie)]);
}

/** A request for the number of an atom. With `isThere`, a missing atom has number 0. @param {string} name @param {boolean} isThere */
function internAtom(name, isThere) {
  const head = Buffer.alloc(8);
  head.writeUInt8(16, 0);
  head.writeUInt8(isThere ? 1 : 0, 1);
  head.writeUInt16LE(2 + Math.ceil(name.length / 4), 2);
  head.writeUInt16LE(name.length, 4);
  return Buffer.concat([head, padded(Buffer.from(name))]);
}

/** The number of an atom, asked by a client that connects, asks and leaves. @param {Display} on @param {boolean} isThere @returns {Promise<number>} */
async function atom({ env }, isThere) {
  const cookie = (await readFile(env.XAUTHORITY)).subarray(-16);
  const socket = connect(`/tmp/.X11-unix/X${env.DISPLAY.slice(1)}`);
  socket.write(Buffer.concat([greeting(cookie), internAtom('CREMA_TEST', isThere)]));
  let said = Buffer.alloc(0);
  for await (const chunk of socket) {
    said = Buffer.concat([said, chunk]);
    const answerAt = said.length < 8 ? Number.POSITIVE_INFINITY : 8 + 4 * said.readUInt16LE(6);
    if (said.length >= answerAt + 32) return said.readUInt32LE(answerAt + 8);
  }
  throw new Error(`the display answered ${said.length} bytes`);
}

describe('a virtual display', () => {
  it.skipIf(!onPath('Xvfb'))(
    'stays unchanged when the last app on it ends: an app that starts just then finds it',
    async () => {
      display = await openVirtualDisplay();
      const number = await atom(display, false);
      expect(number).toBeGreaterThan(0);
      // Leaving the loop above closed the connection; the display notices it at its own pace.
      for (let n = 0; n < 20; n += 1) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        expect(await atom(display, true)).toBe(number);
      }
    },
  );
});
