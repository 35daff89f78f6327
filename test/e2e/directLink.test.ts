/** Serving one machine only, and links that die while the computer sleeps, in the real app. */
import { describe, expect, it } from 'vitest';
import { RawClient } from '../builders/server';
import { act, answer, go, hears, machine, says } from '../builders/controlledPage';
import { sharedApp } from '../builders/sharedApp';

const shared = sharedApp();

describe('the direct link', () => {
  it('serves one machine, says so on every screen, and ends at a click', async () => {
    const app = await shared();
    const mine = await machine(app, 33236);
    const other = await machine(app, 44403);
    await go(app, 33236);
    await act(app, 'Serve only this machine');
    await app.page.getByRole('dialog').getByLabel('Reject other machines at login (ret 3)').check();
    await answer(app, 'Serve only this machine', /switches its network off/);
    await app.page.getByText('Direct link: only machine 33236 is served.').waitFor();
    await other.until(() => other.closed);
    const turnedAway = await RawClient.open(app.machinePort);
    says(turnedAway, '{"cmd":"login","vmc_no":44403,"timestamp":20150624,"version":"1"}');
    await hears(turnedAway, '"ret":3');
    expect(mine.closed).toBe(false);
    await app.page.getByRole('button', { name: 'Serve all machines' }).click();
    await app.page.getByText('Direct link: only machine').waitFor({ state: 'detached' });
    const back = await machine(app, 44403);
    for (const client of [mine, turnedAway, back]) client.socket.destroy();
  });
});

it('a link that breaks off right after this computer slept died in its sleep', async () => {
  const app = await shared();
  const client = await machine(app, 33237);
  await go(app, 33237);
  await app.electron.evaluate(({ powerMonitor }) => {
    const os = process.getBuiltinModule('node:os');
    const { syncBuiltinESMExports } = process.getBuiltinModule('node:module');
    const { uptime } = os;
    powerMonitor.emit('suspend');
    Object.assign(os, { uptime: () => uptime() + 600 });
    syncBuiltinESMExports();
    powerMonitor.emit('resume');
    Object.assign(os, { uptime });
    syncBuiltinESMExports();
  });
  await expect.poll(() => app.lines.join('\n')).toContain('this computer slept for 600 s');
  client.socket.resetAndDestroy();
  await app.page.getByText('the link did not outlive the sleep of this computer').first().waitFor();
});
