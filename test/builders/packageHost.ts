/** A package host over real sockets with one package of random bytes, offered to one machine. */
import { createHash, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { request, type IncomingHttpHeaders } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Transfer } from '#shared/model/upgrade';
import type { Asked } from '../../src/main/packages/host/visitors';
import { PackageHost, type PackageHostOptions } from '../../src/main/packages/host/host';
import { newFolder, removed } from './folders';
import { pkg } from './rows';

const here = '127.0.0.1';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export async function hostedPackage({
  size,
  fileName = 'vendui_3.2.1.zip',
  limits,
}: { readonly size: number; readonly fileName?: string } & Pick<PackageHostOptions, 'limits'>) {
  const bytes = randomBytes(size);
  const folder = newFolder();
  const file = join(folder, 'package.zip');
  await writeFile(file, bytes);
  const added = pkg({
    id: createHash('sha256').update(bytes).digest('hex'),
    fileName,
    size,
    addedAt: Date.UTC(2026, 2, 4, 5, 6, 7, 890),
    version: '3.2.1',
  });
  const transfers: Transfer[] = [];
  const turnedAway: string[] = [];
  const visits: Asked[] = [];
  const host = new PackageHost({
    now: Date.now,
    onTransfer: (transfer) => transfers.push(transfer),
    files: '',
    onUpload: () => undefined,
    onLooked: () => undefined,
    onCrowded: ({ address }) => turnedAway.push(address),
    onVisit: (asked) => visits.push(asked),
    ...(limits === undefined ? {} : { limits }),
  });
  host.setPackages([{ pkg: added, file }]);
  host.offer({ id: 17, vmcNo: 33_232, packageId: added.id });
  const server = host.createServer();
  await new Promise<void>((resolve) => server.listen({ port: 0, host: here, backlog: 4_096 }, resolve));
  const { port } = server.address() as AddressInfo;
  const folderUrl = '/u/33232/17';
  const packageUrl = `${folderUrl}/${encodeURIComponent(fileName)}`;
  const sockets = new Set<Socket>();

  /** A client that writes this and reads nothing until it is resumed. */
  const client = (text: string, from = here): Socket => {
    const socket = connect({ port, host: here, localAddress: from }, () => socket.write(text, 'latin1'));
    sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)));
    return socket.pause();
  };
  return {
    bytes,
    file,
    pkg: added,
    url: `http://${here}:${port}`,
    folderUrl,
    packageUrl,
    transfers,
    turnedAway,
    visits,
    client,
    ask: (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
      new Promise((resolve, reject) => {
        request({ host: here, port, path, method, headers, agent: false }, (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', reject);
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              headers: answer.headers,
              body: Buffer.concat(chunks),
            }),
          );
        })
          .on('error', reject)
          .end();
      }),
    /** The unchanged answer to these bytes, until the host closes. */
    raw: (text: string): Promise<string> =>
      new Promise((resolve) => {
        let answer = '';
        client(text)
          .on('data', (chunk) => (answer += chunk.toString('latin1')))
          .on('close', () => resolve(answer))
          .resume();
      }),
    close: async (): Promise<void> => {
      for (const socket of sockets) socket.destroy();
      const closed = new Promise((resolve) => server.close(resolve));
      host.close();
      await closed;
      await removed(folder);
    },
  };
}
export type HostedPackage = Awaited<ReturnType<typeof hostedPackage>>;

export const packageRequest = (path: string): string =>
  `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`;

export async function until(holds: () => boolean, what: string): Promise<void> {
  for (let tries = 0; !holds(); tries += 1) {
    if (tries > 1_500) throw new Error(`${what}: it did not come`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
