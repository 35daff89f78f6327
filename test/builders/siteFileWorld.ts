/** A site and support, each a Crema in a process of its own, that share files through a real broker. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { expect } from 'vitest';
import { isOver, type Job } from '#shared/model/capture';
import type { SiteFile } from '#shared/model/siteFiles';
import type { SiteRole } from '#shared/model/sites';
import { AskedCrema } from './asked';
import { freePorts } from './served';
import type { Ends } from './siteTraffic';

/** Members of a site in `sites.json`, beside its role. */
export type SiteAccess = Readonly<Record<string, unknown>> & { readonly isMasked?: boolean };

export class Place {
  readonly #bundles: string;
  readonly data: string;
  #crema: AskedCrema;

  constructor(bundles: string, data: string, role: SiteRole, access: SiteAccess, ends: Ends) {
    this.#bundles = bundles;
    this.data = data;
    mkdirSync(data, { recursive: true });
    const site = { id: 'north', name: 'North', role, isMasked: false, ...access };
    writeFileSync(join(data, 'sites.json'), JSON.stringify({ sites: [site], maskKey: 'ab'.repeat(32) }));
    this.#crema = this.#start();
    ends.push(async () => void (await this.#crema.kill()));
  }

  #start(): AskedCrema {
    return new AskedCrema(this.#bundles, [...freePorts, `--data-dir=${this.data}`]);
  }

  get crema(): AskedCrema {
    return this.#crema;
  }

  async ready(): Promise<this> {
    await this.#crema.started;
    await expect
      .poll(async () => (await this.#crema.ask('snapshot', undefined)).sites.sites[0]?.progress.trouble)
      .toBeNull();
    await expect
      .poll(
        () =>
          this.#crema.ask('siteFiles', { id: 'north' }).then(
            () => '',
            (error: unknown) => String(error),
          ),
        { timeout: 20_000 },
      )
      .toBe('');
    return this;
  }

  async restart(): Promise<void> {
    await this.#crema.kill();
    this.#crema = this.#start();
    await this.ready();
  }

  async job(id: number): Promise<Job> {
    const { jobs } = await this.#crema.ask('snapshot', undefined);
    const found = jobs.find((job) => job.id === id);
    if (found === undefined) throw new Error('no such job');
    return found;
  }

  async jobs(): Promise<readonly Job[]> {
    return (await this.#crema.ask('snapshot', undefined)).jobs;
  }

  send(file: string): Promise<Job | null> {
    return this.#crema.ask('sendSiteFile', { id: 'north' }, file);
  }

  fetch({ id, name }: Pick<SiteFile, 'id' | 'name'>, target: string): Promise<Job | null> {
    return this.#crema.ask('fetchSiteFile', { id: 'north', file: id, name, as: 'file' }, target);
  }

  async files(): Promise<readonly SiteFile[]> {
    return (await this.#crema.ask('siteFiles', { id: 'north' })).files;
  }

  /** The first listed file. */
  async file(): Promise<SiteFile> {
    const [first] = await this.files();
    if (first === undefined) throw new Error('no file');
    return first;
  }

  /** The job's end. */
  async over(job: Job | null): Promise<Job> {
    await expect
      .poll(async () => isOver(await this.job(job?.id ?? 0)), { timeout: 60_000, interval: 50 })
      .toBe(true);
    return this.job(job?.id ?? 0);
  }

  /** Resolves when so many bytes are moved. */
  async moved(job: Job | null, bytes: number): Promise<void> {
    await expect
      .poll(async () => (await this.job(job?.id ?? 0)).done, { timeout: 30_000, interval: 10 })
      .toBeGreaterThanOrEqual(bytes);
  }
}

export function randomFile(path: string, bytes: number): string {
  writeFileSync(path, randomBytes(bytes));
  return path;
}

export const sha256Of = (path: string): string =>
  createHash('sha256').update(readFileSync(path)).digest('hex');

export async function managerOf(client: NatsConnection): Promise<JetStreamManager> {
  return jetstreamManager(client, { checkAPI: false });
}
