/** A machine server inside this program for a replay to a machine without a window. It listens and answers as Crema does. */
import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { live } from '#shared/contract/live';
import { applyChange } from '#shared/contract/replica';
import type { DialTarget } from '#shared/model/dial';
import type { MachineRow } from '#shared/model/machine';
import { nothingChosen, type ServerCalls, type ServerEvents } from '../../machines/api';
import { Callable } from '../../lib/threads/callable';
import { Problem } from '../captures/cliMessages';

export interface Bench {
  /** The machine that connects, or `vmcNo` as soon as it does. @throws the reason of a cancel */
  readonly machine: (vmcNo: number | null, cancel: AbortSignal) => Promise<number>;
  /** The port on which a replay sends to the machine. */
  readonly connect: (vmcNo: number) => MessagePort;
  readonly close: () => Promise<void>;
}

export interface BenchScripts {
  readonly serverThread: string;
  readonly journalWorker: string;
}

/** Its temporary journal is deleted at the end. @throws Problem if it can't listen */
export async function openBench(
  at: DialTarget,
  { serverThread, journalWorker }: BenchScripts,
  onProblem: (line: string) => void,
): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'crema-bench-'));
  let machines: ReadonlyMap<number, MachineRow> = new Map();
  const online = new Set<number>();
  let onOnline: () => void = () => undefined;
  const nothing = (): void => undefined;
  const thread = new Callable<ServerCalls, ServerEvents>(
    new Worker(serverThread, { workerData: { journalWorker } }),
    {
      on: {
        news: ({ batch }) => {
          machines = applyChange(machines, batch.machines ?? {}, live.machines);
          for (const row of machines.values()) if (row.online) online.add(row.vmcNo);
          onOnline();
        },
        problem: onProblem,
        thread: nothing,
        recorded: nothing,
        given: nothing,
        listener: nothing,
        journal: nothing,
        journalRestarted: nothing,
        journalDied: nothing,
        line: nothing,
        directMachine: nothing,
      },
    },
  );
  const close = async (): Promise<void> => {
    await thread.call('close', undefined).catch(nothing);
    await thread.end();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await thread.call('open', {
      journal: join(folder, 'journal.sqlite'),
      settings: nothingChosen,
    });
    const state = await thread.call('listen', { ...at, avoid: [] });
    if (state.status !== 'listening')
      throw new Problem(
        `${at.host}:${at.port} can't be listened on (${state.status === 'failed' ? state.reason : 'no adapter has that address'}).`,
      );
  } catch (error) {
    await close();
    throw error;
  }
  return {
    machine: async (vmcNo, cancel) => {
      const found = (): number | undefined =>
        vmcNo === null ? [...online][0] : online.has(vmcNo) ? vmcNo : undefined;
      for (let there = found(); ; there = found()) {
        cancel.throwIfAborted();
        if (there !== undefined) return there;
        await new Promise<void>((resolve) => {
          onOnline = resolve;
          cancel.addEventListener('abort', () => resolve(), { once: true });
        });
      }
    },
    connect: (vmcNo) => {
      const { port1, port2 } = new MessageChannel();
      thread.notify('connectReplay', { vmcNo, port: port1 }, [port1]);
      return port2;
    },
    close,
  };
}
