/** The audit trail in the real app: what people do is written down, found, saved, and shows when somebody changes it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { accessibilityProblems } from '../builders/accessibility';
import { startApp, type AppOptions, type TestApp } from '../builders/app';
import { decimalFrame, RawClient } from '../builders/server';

const open: TestApp[] = [];
async function started(options: AppOptions = {}): Promise<TestApp> {
  const app = await startApp({ size: { width: 1366, height: 768 }, ...options });
  open.push(app);
  // Lists hold still under the pointer, wherever the display has put it.
  await app.page.mouse.move(700, 4);
  return app;
}
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});

const texts = async (app: TestApp): Promise<string[]> => {
  const lines = app.page.getByRole('listbox', { name: 'Audit trail, newest first' }).getByRole('option');
  return (await lines.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
};

it('writes down what people do, finds and saves it, and shows what was changed from outside', async () => {
  const first = await started();
  const { page } = first;
  const client = await RawClient.open(first.machinePort);
  client.send(
    decimalFrame(
      '{"cmd":"login","vmc_no":33232,"timestamp":20150624,"sign":"x","version":"1.2.8.8","linuxDriverVersion":"1.3"}',
    ),
  );
  await client.until(() => client.received.includes('"login_r"'));
  await page.evaluate(async () => {
    location.hash = '#/machines/33232/overview';
    await window.crema.setSettings({ person: 'Li Wei' });
    await window.crema.command({ vmcNo: 33232, name: 'openDoor', input: { spelling: 'opendoor' } });
    await window.crema.command({ vmcNo: 33232, name: 'openDoor', input: { spelling: 'opendoor' } });
    await window.crema.disconnect({ vmcNo: 999 });
  });
  await client.until(() => client.received.includes('opendoor'));
  client.send(decimalFrame('{"cmd":"machinestatus","vmc_no":33232,"status":"dooropen"}'));
  await page.keyboard.press('Control+9');
  await page.getByRole('tab', { name: 'Audit trail' }).click();
  await expect.poll(() => texts(first)).toHaveLength(6);
  const lines = await texts(first);
  expect(lines[0]).toMatch(/Crema 33232 Open door: confirmed$/);
  expect(lines[1]).toMatch(/Li Wei 999 Disconnected a machine not done: .*999/);
  expect(lines[2]).toMatch(/Li Wei 33232 Open door not done: /);
  expect(lines[3]).toMatch(/Li Wei 33232 Open door given$/);
  expect(lines[4]).toMatch(/Li Wei Changed settings · Your name Li Wei done$/);
  expect(lines[5]).toMatch(/The trail begins/);
  expect(await page.getByRole('status').filter({ hasText: '6 lines, unbroken' }).count()).toBe(1);
  expect(await accessibilityProblems(first)).toEqual([]);

  await page.getByRole('option').nth(3).click();
  const detail = page.getByRole('region', { name: 'Line 3' });
  expect(await detail.innerText()).toContain('as written, and follows from the line before');
  await detail.getByRole('link', { name: 'Machines' }).waitFor();
  expect(await accessibilityProblems(first)).toEqual([]);
  await page.keyboard.press('Escape');

  await page.getByRole('textbox', { name: 'Search the audit trail' }).fill('disconnected');
  await expect.poll(() => texts(first)).toHaveLength(1);
  await page.getByRole('textbox', { name: 'Search the audit trail' }).fill('');
  await page.getByRole('combobox', { name: 'Result' }).click();
  await page.getByRole('option', { name: 'Not done', exact: true }).click();
  await expect.poll(() => texts(first)).toHaveLength(2);

  const target = join(first.dataDirectory, 'saved.csv');
  await first.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, target);
  await page.getByRole('button', { name: 'Save as' }).click();
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  await page.getByText('Saved as saved.csv.').waitFor();
  const saved = readFileSync(target, 'utf8').trimEnd().split('\r\n');
  expect(saved).toHaveLength(3);
  expect(saved[2]).toContain(',Li Wei,/machines/33232/overview,Disconnected a machine,999,');
  await first.close({ keepData: true });
  open.splice(0);

  const trail = join(first.dataDirectory, 'audit.jsonl');
  // The last two lines are taken off too, with the end that the file beside it tells: the journal remembers more.
  const four = readFileSync(trail, 'utf8').split('\n').slice(0, 4);
  const { n, hash } = JSON.parse(four[3] ?? '') as { readonly n: number; readonly hash: string };
  writeFileSync(trail, `${four.join('\n')}\n`.replace('"openDoor"', '"rinse"'));
  writeFileSync(`${trail}.end`, JSON.stringify({ n, hash }));
  const second = await started({ dataDirectory: first.dataDirectory });
  await second.page.evaluate(() => {
    location.hash = '#/work/audit';
  });
  await second.page.getByText('2 places where the trail was changed from outside').waitFor();
  await expect
    .poll(async () => (await texts(second)).filter((text) => text.includes('the line was changed')))
    .toHaveLength(1);
  await second.page.getByRole('button', { name: 'Show them' }).click();
  await expect.poll(() => texts(second)).toHaveLength(2);
  expect(await texts(second)).toContainEqual(expect.stringContaining('lines were taken off the end'));
});
