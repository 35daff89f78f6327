/** Tests whether machines can download offered packages: from this computer, through each address that machines use. */
import type { DownloadTest } from '#shared/model/downloadTest';
import type { Base } from './base';
import type { PackagesService } from './packages';
import type { Changed, Service } from './service';
import type { ServerService } from './server';

/** ms for which a result stays valid; an offer to another machine in this time starts no new test. */
const freshFor = 30_000;

interface DownloadTestsParts {
  readonly server: Pick<ServerService, 'call'>;
  readonly packages: Pick<PackagesService, 'listener' | 'testDownload'>;
  readonly now: () => number;
  readonly line: (line: string) => void;
  readonly changed: Changed;
}

export interface DownloadTestsService extends Service<'testDownloads', 'downloadTests'> {
  /** A machine was offered a package. */
  readonly offered: () => void;
}

export const downloadTests = (
  base: Base,
  { server, packages }: { readonly server: ServerService; readonly packages: PackagesService },
): DownloadTestsService => {
  const { line } = base.log.from('packages');
  const service = downloadTestsService({ ...base, server, packages, line });
  base.events.on('packageOffered', service.offered);
  return service;
};

function downloadTestsService(parts: DownloadTestsParts): DownloadTestsService {
  const { server, packages, now, changed } = parts;
  let tests: readonly DownloadTest[] = [];
  let running: Promise<void> | null = null;
  let ranAt = Number.NEGATIVE_INFINITY;

  const test = async (): Promise<void> => {
    const reached = await server.call('reachedAddresses', undefined);
    const updates = packages.listener('updates');
    const own = updates.status === 'listening' && !['0.0.0.0', '::'].includes(updates.host);
    // Without machines, test the address that a machine would get.
    const hosts = reached.length > 0 ? reached : [{ host: own ? updates.host : '127.0.0.1', machines: 0 }];
    const done = await Promise.all(
      hosts.map(async ({ host, machines }) => {
        const one = await packages.testDownload(host);
        return one === null ? [] : [{ ...one, machines }];
      }),
    );
    tests = done.flat();
    for (const { host, port, problem, detail } of tests)
      if (problem !== null)
        parts.line(`downloads through ${host}:${port} can't be fetched: ${problem} ${detail}`.trimEnd());
    changed('downloadTests');
  };
  const run = (): Promise<void> => {
    ranAt = now();
    running ??= test().finally(() => (running = null));
    return running;
  };
  return {
    offered: () => {
      if (now() - ranAt >= freshFor) void run().catch(() => undefined);
    },
    live: { downloadTests: () => tests },
    requests: {
      testDownloads: async () => {
        await run();
        return null;
      },
    },
  };
}
