/** Runs the real package host on a free loopback port and checks the first file that a machine requests. */
import { get } from 'node:http';
import type { Server } from 'node:net';
import { finding, type DoctorResult } from '#shared/doctor';
import { noStory } from '#shared/model/upgrade';
import { addressOf } from '../../../packages/api';
import { PackageHost } from '../../../packages/embed';
import type { Computer } from '../computer';
import { within } from '../../../lib/net/within';
import { closed, listenOnLoopback } from '../selfTest';

const pkg = {
  id: 'self-test',
  fileName: 'self-test.zip',
  size: 0,
  md5: '',
  addedAt: 0,
  members: 0,
  unpackedSize: 0,
  version: 'self-test',
  platform: 'linux',
  androidType: null,
  pathStyle: 'absolute',
  ...noStory,
} as const;
const offer = { id: 1, vmcNo: 1, packageId: pkg.id };

export async function packages(
  _computer: Computer,
  listen: (server: Server) => Promise<number> = listenOnLoopback,
): Promise<readonly DoctorResult[]> {
  const nothing = (): void => undefined;
  const host = new PackageHost({
    now: Date.now,
    onTransfer: nothing,
    // This host receives no uploads.
    files: '',
    onUpload: nothing,
    onLooked: nothing,
    onCrowded: nothing,
    onVisit: nothing,
  });
  // The package file is never read: the check requests only the file that precedes it.
  host.setPackages([{ pkg, file: '' }]);
  host.offer(offer);
  const server = host.createServer();
  try {
    const text = await within(
      listen(server).then((port) =>
        fetched(`${addressOf(offer, pkg.fileName, '127.0.0.1', port, 'linux')}/update.xml`),
      ),
    );
    if (!text.includes(pkg.fileName)) throw new Error(text.slice(0, 200));
    return [finding('packages', 'answered', {})];
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return [finding('packages', 'silent', { detail })];
  } finally {
    host.close();
    await closed(server);
  }
}

function fetched(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    // Use neither this computer's proxy nor a kept-alive connection.
    get(url, { agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve(text));
      response.on('error', reject);
    }).on('error', reject);
  });
}
