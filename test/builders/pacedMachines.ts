/** Virtual machines of the test's own process: they live many times as fast as real ones, and nothing happens at them by itself. */
import { expect } from 'vitest';
import { Fleet } from '../../src/main/tools/simulator/fleet';
import { fleetOptions, type FleetRequest } from '../../src/main/tools/simulator/options';
import type { TestApp } from './app';

/** What takes a minute takes three seconds. */
const pace = 20;

/** Where android reports what it takes, once the app listens there. */
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
