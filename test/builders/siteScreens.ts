/** A site that sends, a broker, and the app that reads the site, for end-to-end tests. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDataFolder, startApp, type AppOptions, type TestApp } from './app';
import { makeStream, siteA, siteB, startBroker, type Broker } from './broker';
import { logIn } from './captureScreens';
import { freePorts, Served } from './served';
import { decimalFrame, type RawClient } from './server';

/** As an administrator prepares the file. */
export function prepareSites(folder: string, sites: readonly Readonly<Record<string, unknown>>[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'sites.json'), JSON.stringify({ sites }));
}

export interface SiteWorld {
  readonly broker: Broker;
  readonly app: TestApp;
  /** A machine of the site logs in. */
  readonly logIn: (vmcNo: number) => Promise<RawClient>;
  /** The folders of the two sites' data. */
  readonly data: { readonly bern: string; readonly basel: string };
  /** The site Basel starts to send; returns its port for machines. */
  readonly startBasel: () => Promise<number>;
  /** The site's computer stops. */
  readonly stopSite: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The site Bern has records; the site Basel has none until it is started. */
export async function startSiteWorld(folder: string, options: AppOptions = {}): Promise<SiteWorld> {
  const broker = await startBroker(join(folder, 'broker'));
  for (const account of [siteA, siteB]) {
    const client = await broker.client(account);
    await makeStream(client);
    await client.close();
  }
  const servers = `127.0.0.1:${broker.port}`;
  const access = ({ user, password }: typeof siteA) => ({ servers, credentials: `${user}:${password}` });
  const data = { bern: join(folder, 'bern'), basel: join(folder, 'basel') };
  const serve = (own: string, account: typeof siteA): Served => {
    prepareSites(own, [{ name: 'Support', role: 'send', isMasked: false, ...access(account) }]);
    return new Served(join('out', 'main'), [...freePorts, `--data-dir=${own}`]);
  };
  const site = serve(data.bern, siteA);
  let basel: Served | null = null;
  const machinePort = await site.port();
  const clients: RawClient[] = [];
  const dataDirectory = await newDataFolder();
  prepareSites(dataDirectory, [
    { name: 'Bern', role: 'read', ...access(siteA) },
    { name: 'Basel', role: 'read', ...access(siteB) },
  ]);
  const app = await startApp({ ...options, dataDirectory });
  let isRunning = true;
  const stopSite = async (): Promise<void> => {
    if (!isRunning) return;
    isRunning = false;
    for (const client of clients.splice(0)) client.socket.destroy();
    await site.end('SIGTERM');
  };
  return {
    broker,
    app,
    data,
    startBasel: () => {
      basel ??= serve(data.basel, siteB);
      return basel.port();
    },
    logIn: async (vmcNo) => {
      const client = await logIn({ machinePort }, vmcNo);
      clients.push(client);
      return client;
    },
    stopSite,
    close: async () => {
      await app.close();
      await stopSite();
      await basel?.end('SIGTERM');
      await broker.kill();
    },
  };
}

export const noCup = (vmcNo: number): string =>
  decimalFrame(
    `{"cmd":"error","vmc_no":${vmcNo},"error_code":"ERROR:5300","error_description":"no cup","isSet":true,"isFatal":true}`,
  );
