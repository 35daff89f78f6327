/** A package file that changed after the import: machines receive its hash and nothing else. */
import { writeFile } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import { hostedPackage, packageRequest, type HostedPackage } from '../builders/packageHost';

let hosted: HostedPackage | null = null;
afterEach(async () => {
  await hosted?.close();
  hosted = null;
});
const begin = async (size: number): Promise<HostedPackage> => (hosted = await hostedPackage({ size }));

/** With one flipped bit. */
function spoilt({ bytes }: HostedPackage): Buffer {
  const copy = Buffer.from(bytes);
  copy[50_000] = (copy[50_000] ?? 0) ^ 1;
  return copy;
}

test('is not served: not with a bit changed, not longer, not in part; whole again it is', async () => {
  const one = await begin(100_000);
  const { file, bytes, ask, packageUrl, folderUrl } = one;
  const ended = () => one.transfers.filter(({ complete }) => complete !== null);
  await writeFile(file, spoilt(one));
  const changed = await ask(packageUrl);
  expect([changed.status, changed.body.toString()]).toEqual([
    409,
    'Crema: the file of this package is not what was added.\n',
  ]);
  expect(changed.headers.etag).toBeUndefined();
  expect((await ask(packageUrl, { range: 'bytes=0-9' })).status).toBe(409);
  expect((await ask(packageUrl, {}, 'HEAD')).status).toBe(409);
  await writeFile(file, Buffer.concat([bytes, Buffer.from('x')]));
  expect((await ask(packageUrl)).status).toBe(409);
  await expect
    .poll(() => ended().map(({ status, sent }) => [status, sent]))
    .toEqual([
      [409, 0],
      [409, 0],
      [409, 0],
    ]);
  // Files that a machine reads before the package do not need the package file.
  expect((await ask(`${folderUrl}/update.xml`)).status).toBe(200);
  await writeFile(file, bytes);
  const whole = await ask(packageUrl);
  expect([whole.status, whole.body.equals(bytes)]).toEqual([200, true]);
});

test('changed on the way it does not count as fetched whole, and is not served again', async () => {
  const one = await begin(24 * 1_048_576);
  const { transfers, file, client, ask, packageUrl } = one;
  const socket = client(packageRequest(packageUrl));
  await expect.poll(() => transfers.at(-1)?.sent ?? 0).toBeGreaterThan(0);
  await writeFile(file, spoilt(one));
  socket.resume();
  await new Promise((resolve) => socket.once('close', resolve));
  await expect.poll(() => transfers.at(-1)?.complete).toBe(false);
  expect((await ask(packageUrl)).status).toBe(409);
});
