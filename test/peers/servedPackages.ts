/**
 * The server without a window, and in its process a package host with one file for many machines.
 * Arguments: PACKAGE, and RATE in bytes a second or ''.
 */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { MessageChannel } from 'node:worker_threads';
import { PackageHostClient } from '../../src/main/packages/host/hostClient';
import type { OfferCalls, OfferEvents } from '../../src/main/packages/host/hostCalls';
import { Callable } from '../../src/main/lib/threads/callable';

const file = process.env['PACKAGE'] ?? '';
const rate = process.env['RATE'] ?? '';
const id = createHash('sha256').update(readFileSync(file)).digest('hex');
const nothing = (): void => undefined;

const serve = new URL('./serve.js', import.meta.url).href;
await import(/* @vite-ignore */ serve);
// Started after the server's thread, the host lowers its priority, as in the app.
await new Promise((resolve) => setTimeout(resolve, 2_000));
const host = new PackageHostClient({
  workerFile: new URL('./packageHostWorker.js', import.meta.url),
  now: Date.now,
  rates: () => ({ all: rate === '' ? null : Number(rate), machine: null }),
  files: '',
  onUpload: nothing,
  onTransfer: nothing,
  onLooked: () => undefined,
  onCrowded: nothing,
  onVisits: nothing,
  onOffered: nothing,
  onRestart: nothing,
  onDeath: nothing,
});
const { port1, port2 } = new MessageChannel();
host.connect(port1);
const offers = new Callable<OfferCalls, OfferEvents>(port2, {
  on: { transfer: nothing, notice: nothing, upload: nothing },
});
const pkg = {
  id,
  fileName: 'p.zip',
  size: statSync(file).size,
  md5: '0'.repeat(32),
  addedAt: 0,
  members: 1,
  unpackedSize: 1,
  version: '1',
  label: '',
  notes: '',
  platform: 'linux',
  androidType: null,
  pathStyle: 'absolute',
};
host.setPackages([{ pkg: pkg as never, file }]);
for (let n = 0; n < 10; n += 1) offers.notify('offer', { id: n, vmcNo: 40_000 + n, packageId: id });
const state = await host.listen('updates', '127.0.0.1', 0);
process.stdout.write(`packages ${state.status === 'listening' ? state.port : 0}\n`);
