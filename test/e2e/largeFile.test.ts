/** The largest ZIP that a machine can send, in the window: what is rendered and kept has a limit, wherever a person scrolls. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { startApp } from '../builders/app';
import { logIn } from '../builders/room';
import { RawClient } from '../builders/server';
import { useFolder } from '../builders/useFolder';
import { zipOf } from '../builders/zips';

const folder = useFolder();
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

it('twenty texts of 8 MB in a small ZIP are cut and said to be, and few of their lines are rendered', async () => {
  const line = `2026-12-02 10:00:00 ${'x'.repeat(30)}\n`;
  const text = Buffer.from(line.repeat(Math.floor(8_000_000 / line.length)));
  const zip = await zipOf(Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`${n}.log`, text])));
  expect(zip.length).toBeLessThan(1_500_000);
  const vmcNo = 33_232;
  mkdirSync(folder('data', 'fetched', String(vmcNo)), { recursive: true });
  writeFileSync(folder('data', 'fetched', String(vmcNo), '1'), zip);
  const sha256 = createHash('sha256').update(zip).digest('hex');
  const facts = { day: null, askedAt: 1, at: 2, bytes: zip.length, sha256, fileName: 'log.zip' };
  writeFileSync(
    folder('data', 'fetched', String(vmcNo), '1.json'),
    JSON.stringify({ id: 1, vmcNo, type: 'log', ...facts, remoteAddress: '192.0.2.7' }),
  );
  const app = await startApp({ dataDirectory: folder('data') });
  ends.push(() => app.close({ keepData: true }));
  const { page } = app;
  const client = await RawClient.open(app.machinePort);
  ends.push(() => client.socket.destroy());
  await logIn(client, vmcNo);
  await page.evaluate((number) => {
    location.hash = `#/machines/${number}/files`;
  }, vmcNo);
  await page.getByRole('option', { name: /Log/ }).first().click();
  const lines = page.getByRole('listbox', { name: 'Lines of the file' });
  await lines.getByRole('option').first().waitFor();
  await page.getByText('The file is too long to show completely.').waitFor();
  await page.getByText(/of 15\d,\d{3} lines/).waitFor();
  const rendered = async (): Promise<{
    readonly lines: number;
    readonly nodes: number;
    readonly heap: number;
  }> => ({
    lines: await lines.getByRole('option').count(),
    ...(await page.evaluate(() => ({
      nodes: document.querySelectorAll('*').length,
      heap: (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize,
    }))),
  });
  const seen = [await rendered()];
  await lines.focus();
  for (const key of ['End', 'PageUp', 'Home']) {
    await page.keyboard.press(key);
    seen.push(await rendered());
  }
  // Lines in view, some around them, and the rest of the screen.
  for (const { lines: few, nodes, heap } of seen) {
    expect(few).toBeGreaterThan(5);
    expect(few).toBeLessThan(300);
    expect(nodes).toBeLessThan(5_000);
    expect(heap).toBeLessThan(450_000_000);
  }
});
