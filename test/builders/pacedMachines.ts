/** Virtual machines in the test's process: they run many times faster than real machines, without random events. */
import { expect } from 'vitest';
import { Fleet } from '../../src/main/tools/simulator/fleet';
import { fleetOptions, type FleetRequest } from '../../src/main/tools/simulator/options';
import type { TestApp } from './app';

/** One minute of a machine takes three seconds. */
const pace = 20;

/** The address for android's reports, after the app listens there. */
export async function listenForNotices({ page }: TestApp): Promise<string> {
  const port = await page.evaluate(async () => {
    await window.crema.request('listen', { which: 'notices', host: '127.0.0.1', port: 0 });
    const snapshot = await window.crema.request('snapshot', undefined);
    const notices = snapshot.ok ? snapshot.value.listeners.notices : null;
    return notices?.status === 'listening' ? notices.port : 0;
  });
  return `http://127.0.0.1:${port}`;
}

/** Machines that are logged in at this app. */
export async function pacedMachines(
  { machinePort }: TestApp,
  options: Pick<FleetRequest, 'count' | 'platform' | 'first' | 'notifyBase'>,
): Promise<Fleet> {
  const fleet = new Fleet(fleetOptions.parse({ host: '127.0.0.1', port: machinePort, pace, ...options }), {
    lives: false,
  });
  await expect.poll(() => fleet.machines.every(({ status }) => status === 'ready')).toBe(true);
  return fleet;
}
