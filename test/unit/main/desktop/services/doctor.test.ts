import { afterEach, expect, it } from 'vitest';
import type { CheckName } from '#shared/doctor';
import type { ListenerState } from '#shared/model/listener';
import { doctorService } from '../../../../../src/main/desktop/services/doctor';

/** Gives the number of its thread for each check. The packages check takes until another check is requested elsewhere. */
const worker = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort, threadId } from 'node:worker_threads';
    const elsewhere = new BroadcastChannel('doctor.test');
    parentPort.on('message', async ({ kind, id, args }) => {
      if (kind === 'end') {
        elsewhere.close();
        return parentPort.close();
      }
      if (args.name === 'packages') await new Promise((resolve) => (elsewhere.onmessage = resolve));
      else elsewhere.postMessage('asked');
      parentPort.postMessage({ kind: 'result', id, result: threadId });
    });
  `)}`,
);
const off = { status: 'off' } as const;
let machines: ListenerState = off;
const service = doctorService({
  worker,
  appPath: process.cwd(),
  folder: '/nowhere',
  listeners: () => ({ machines, updates: off, notices: off }),
});
afterEach(() => {
  machines = off;
  return service.stop?.();
});

const from = { windowId: 1, screen: '', capture: null };
const threadOf = async (check: CheckName): Promise<number> =>
  Number(await service.requests.checkComputer({ check }, from));

it('checks that run one after the other share a thread, and none waits for a long one', async () => {
  const first = await threadOf('runtime');
  expect(await threadOf('folder')).toBe(first);
  const packages = threadOf('packages');
  expect(await threadOf('clock')).not.toBe(first);
  expect(await packages).toBe(first);
});

it('warns where Crema listens if only this computer can reach it', async () => {
  const at = (host: string) => ({ status: 'listening', host, port: 4567, since: 0 }) as const;
  const found = async (): Promise<readonly string[]> => {
    const results = await service.requests.checkComputer({ check: 'machinePort' }, from);
    return results.map(({ level, code }) => `${level} ${code}`);
  };
  machines = { ...at('127.0.0.1'), others: [] };
  expect(await found()).toEqual(['warning oursHere']);
  machines = { ...at('127.0.0.1'), others: [at('192.168.1.20')] };
  expect(await found()).toEqual(['ok ours', 'ok ours']);
});
