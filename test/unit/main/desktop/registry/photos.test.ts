import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { photoLimits } from '#shared/limits';
import { photoName } from '#shared/model/machineSettings';
import {
  isPhoto,
  jpegSize,
  keepPhoto,
  photoError,
  readPhoto,
  removePhoto,
  soundPhotos,
} from '../../../../../src/main/desktop/registry/photos';
import { Random } from '../../../../../src/main/tools/simulator/random';
import { flipBit } from '../../../../builders/bitFlips';
import { memory } from '../../../../builders/folders';
import { useFolder } from '../../../../builders/useFolder';

/** The markers of a JPEG of that size, without picture data. */
function jpeg(width: number, height: number): Uint8Array {
  const app0 = [0xff, 0xe0, 0, 4, 1, 2];
  const frame = [0xff, 0xc0, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0];
  return new Uint8Array([0xff, 0xd8, ...app0, ...frame, 0xff, 0xda, 0, 2, 0xff, 0xd9]);
}

describe('a photo', () => {
  it('is a JPEG of a size that the window creates', () => {
    expect(jpegSize(jpeg(1_600, 900))).toEqual({ width: 1_600, height: 900 });
    expect(isPhoto(jpeg(1_600, 900))).toBe(true);
    expect(isPhoto(jpeg(1_601, 900))).toBe(false);
    expect(isPhoto(jpeg(0, 900))).toBe(false);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['a PNG', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])],
    ['a page', new TextEncoder().encode('<svg onload="x()">')],
    ['half a one', jpeg(20, 20).subarray(0, 14)],
    ['one without a frame', new Uint8Array([0xff, 0xd8, 0xff, 0xda, 0, 2, 0xff, 0xd9])],
    ['one whose lengths lead nowhere', new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xd9])],
    ['one that is too large', new Uint8Array([...jpeg(20, 20), ...new Uint8Array(photoLimits.bytes)])],
  ])('is not %s', (_what, bytes) => {
    expect(isPhoto(bytes)).toBe(false);
  });
});

describe('a stored file', () => {
  const folder = useFolder();

  it('has a valid name, and is deleted with the photo', () => {
    const bytes = jpeg(20, 20);
    const name = keepPhoto(folder(), 33_232, bytes);
    expect(name).toMatch(photoName);
    expect(readdirSync(folder())).toEqual([name]);
    expect(new Uint8Array(readFileSync(folder(name)))).toEqual(bytes);
    removePhoto(folder(), name);
    removePhoto(folder(), name);
    expect(readdirSync(folder())).toEqual([]);
  });
});

describe('a stored photo', () => {
  const folder = useFolder('each', memory);

  it('is recognised as changed after each of 200 flipped bits', async () => {
    const picture = jpeg(800, 600);
    const name = keepPhoto(folder(), 33_232, picture);
    expect(await photoError(folder(), name)).toBeNull();
    const random = new Random(49);
    for (let n = 0; n < 200; n += 1) {
      writeFileSync(folder(name), picture);
      flipBit(folder(name), random);
      expect(await photoError(folder(), name)).toEqual({ what: 'changed', detail: '' });
    }
  });

  it('is missing, unreadable or sound: three different results', async () => {
    const sound = keepPhoto(folder(), 33_232, jpeg(800, 600));
    const other = keepPhoto(folder(), 44_401, jpeg(640, 480));
    rmSync(folder(other));
    expect(await photoError(folder(), other)).toEqual({ what: 'gone', detail: '' });
    mkdirSync(folder(other));
    expect(await photoError(folder(), other)).toMatchObject({ what: 'unreadable' });
    writeFileSync(folder('7-0123456789abcdef.jpg'), jpeg(10, 10));
    expect([...(await soundPhotos(folder()))]).toEqual([[33_232, sound]]);
  });

  it.skipIf(process.platform === 'win32')('that is a pipe or larger than any photo is not read', async () => {
    const sound = keepPhoto(folder(), 33_232, jpeg(800, 600));
    const pipe = '44401-0123456789abcdef.jpg';
    execFileSync('mkfifo', [folder(pipe)]);
    expect(await photoError(folder(), pipe)).toMatchObject({ what: 'unreadable' });
    expect(() => readPhoto(folder(), pipe)).toThrow('not a regular file');
    const large = '7-0123456789abcdef.jpg';
    writeFileSync(folder(large), '');
    truncateSync(folder(large), 3 * 1024 ** 3);
    expect(await photoError(folder(), large)).toEqual({ what: 'changed', detail: '' });
    expect(readPhoto(folder(), large)).toBeNull();
    expect([...(await soundPhotos(folder()))]).toEqual([[33_232, sound]]);
  });
});
