/** The machine server with the parts of its thread, in the thread of a test, with the journal's own thread. */
import { join } from 'node:path';
import type { TableRows } from '#shared/contract/live';
import type { AppError } from '#shared/contract/errors';
import type { Args, ReplyValue, RequestsOf } from '#shared/contract/requests/index';
import {
  nothingChosen,
  type MachinesRequest,
  type ServerEvents,
  type ServerSettings,
} from '../../src/main/machines/server/calls';
import { StepClock, type computerClocks } from '../../src/main/machines/server/clocks';
import { Server, type ServerOptions } from '../../src/main/machines/server/server';
import { decimalFrame, RawClient } from './server';

export type Emitted = {
  [Name in keyof ServerEvents]: { name: Name; value: ServerEvents[Name] };
}[keyof ServerEvents];

export class Room {
  readonly server: Server;
  readonly emitted: Emitted[] = [];
  readonly #folder: string;

  /** `folder`: of its journal. `journalWorker`: the bundled journal/thread.ts. */
  constructor(
    folder: string,
    journalWorker: string,
    options: Pick<ServerOptions, 'machinesKept'> & { readonly clocks?: typeof computerClocks } = {},
  ) {
    this.#folder = folder;
    const { clocks, ...others } = options;
    const clock = new StepClock(clocks);
    this.server = new Server({
      now: clock.now,
      takeStep: () => clock.takeStep(),
      journalWorker,
      ...others,
      emit: (name, value) => void this.emitted.push({ name, value } as Emitted),
    });
  }

  get ask(): Server['handlers'] {
    return this.server.handlers;
  }

  /** Requests of a window to this thread. */
  async request<N extends RequestsOf<'machines'>>(name: N, args: Args<N>): Promise<ReplyValue<N> | AppError> {
    const request = { name, args, by: 'Test' } as MachinesRequest;
    return (await this.ask.request(request)) as ReplyValue<N> | AppError;
  }

  async open(settings: Partial<ServerSettings> = {}): Promise<void> {
    await this.ask.open({
      journal: join(this.#folder, 'journal.sqlite'),
      settings: { ...nothingChosen, ...settings },
    });
  }

  async connect(): Promise<RawClient> {
    const state = await this.ask.listen({ host: '127.0.0.1', port: 0 });
    if (!('port' in state)) throw new Error('not listening');
    return RawClient.open(state.port);
  }

  get journal(): string | undefined {
    const reports = this.emitted.flatMap((one) => (one.name === 'journal' ? [one.value.status.status] : []));
    return reports.at(-1);
  }

  /** Lines for the terminal. */
  get lines(): readonly string[] {
    return this.emitted.flatMap((one) => (one.name === 'line' ? [one.value] : []));
  }

  async snapshot(): Promise<TableRows> {
    return (await this.ask.snapshot(undefined)) as TableRows;
  }

  async machines(): Promise<TableRows['machines']> {
    return (await this.snapshot()).machines;
  }

  async close(): Promise<void> {
    await this.ask.close(undefined);
  }
}

export async function logIn(client: RawClient, vmcNo = 33232): Promise<void> {
  client.send(
    decimalFrame(`{"cmd":"login","vmc_no":${vmcNo},"version":"1.2.8.8","linuxDriverVersion":"1.3"}`),
  );
  await client.until(() => client.received.includes('login_r'));
}
