/**
 * Machine identity and the choice of served machines, in the real app. An unverified connection beside a verified machine and in
 * its place, the direct link, and links that die while the computer sleeps.
 */
import { describe, expect, it } from 'vitest';
import { makeSign } from '../../src/main/core/protocol/sign';
import { accessibilityProblems } from '../builders/accessibility';
import { act, answer, go, hears, line, machine as connected, says } from '../builders/controlledPage';
import { RawClient } from '../builders/server';
import { sharedApp } from '../builders/sharedApp';

const shared = sharedApp();
const vmcNo = 33_240;
const code = '12345678';
const sign = makeSign('codeNumber', { timestamp: null, vmcNo }, code);
const login = `{"cmd":"login","vmc_no":${vmcNo},"timestamp":20150624,"sign":"${sign}","version":"1","linuxDriverVersion":"1.3"}`;
const hb = `{"cmd":"hb","vmc_no":${vmcNo}}`;
const stranger = '127.0.0.66';

describe('a stored verification code', () => {
  it('reserves the number for the verified machine, in both languages; without it commands wait for a person', async () => {
    const app = await shared();
    const { page } = app;
    const machine = await RawClient.open(app.machinePort);
    says(machine, login);
    await hears(machine, '"login_r"');
    await go(app, vmcNo);
    await page.getByRole('button', { name: 'Machine details' }).click();
    await page.getByText('No verification code is stored. Crema can’t distinguish').waitFor();
    await page.getByRole('button', { name: 'Store the code' }).click();
    await page.getByLabel('New code, 8 characters').fill(code);
    await page.getByRole('button', { name: 'Store code', exact: true }).click();
    await go(app, vmcNo);
    // Its last login is checked with the code at once.
    await page.getByText('verified by its sign').waitFor();

    const impostor = await RawClient.open(app.machinePort, stranger);
    says(impostor, hb);
    await hears(impostor, hb);
    const header = page.locator('[data-identity-note]');
    await header
      .getByText(`${stranger} claimed this number without a matching sign. 127.0.0.1 (verified) keeps it.`)
      .waitFor();
    await page
      .getByRole('option')
      .filter({ hasText: String(vmcNo) })
      .getByText('number claimed')
      .waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    await shared('zh-CN');
    await go(app, vmcNo);
    await header.getByText(`${stranger} 冒用本编号，签名不符`).waitFor();
    await page
      .getByRole('option')
      .filter({ hasText: String(vmcNo) })
      .getByText('编号被冒用')
      .waitFor();
    await shared();
    await go(app, vmcNo);

    machine.socket.destroy();
    await machine.until(() => machine.closed);
    says(impostor, `{"cmd":"machinestatus","vmc_no":${vmcNo},"status":"doorclose"}`);
    await header.getByText(`to ${stranger}. It may be a different machine.`).waitFor();
    await page
      .getByRole('option')
      .filter({ hasText: String(vmcNo) })
      .getByText('not verified')
      .waitFor();
    await act(app, 'Open door');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The machine on this connection is not verified:').waitFor();
    await dialog.getByRole('button', { name: 'Open door' }).click();
    await dialog.getByText('The machine on this connection is not verified.').waitFor();
    expect(impostor.received.includes('opendoor')).toBe(false);
    await dialog.getByLabel('Send anyway').check();
    await dialog.getByRole('button', { name: 'Open door' }).click();
    await hears(impostor, 'opendoor');
    // Closed, the line has its newest step only.
    await line(app, 'Open door').hover();
    await line(app, 'Open door').getByText('allowed by a person').waitFor();
    impostor.socket.destroy();
  });
});

describe('the direct link', () => {
  it('serves one machine, is shown on every screen, and ends at a click', async () => {
    const app = await shared();
    const mine = await connected(app, 33236);
    const other = await connected(app, 44403);
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
    const back = await connected(app, 44403);
    for (const client of [mine, turnedAway, back]) client.socket.destroy();
  });
});

it('a link that breaks right after this computer slept died in its sleep', async () => {
  const app = await shared();
  const client = await connected(app, 33237);
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
  await app.page.getByText('the connection was lost while this computer slept').first().waitFor();
});
