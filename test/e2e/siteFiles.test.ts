/** A capture from the window of a site to the window of support, by keys. */
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { accessibilityProblems } from '../builders/accessibility';
import { newDataFolder, startApp, type TestApp } from '../builders/app';
import { hasBroker, makeFilesStream, makeStream, startBroker } from '../builders/broker';
import { go } from '../builders/captureScreens';
import { prepareSites } from '../builders/siteScreens';
import type { Ends } from '../builders/siteTraffic';
import { useFolder } from '../builders/useFolder';

const folder = useFolder();
const ends: Ends = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function start(site: Readonly<Record<string, unknown>>): Promise<TestApp> {
  const dataDirectory = await newDataFolder();
  prepareSites(dataDirectory, [site]);
  const app = await startApp({ dataDirectory, size: { width: 1366, height: 768 } });
  ends.push(() => app.close());
  await go(app, '#/settings/sites');
  return app;
}

const frame = (id: number) =>
  `${JSON.stringify({
    kind: 'frame',
    id,
    at: 1_795_514_400_000 + id,
    time: '2026-11-24T10:00:00.000+00:00',
    machine: 33_232,
    connection: 1,
    direction: 'in',
    head: 'decimal',
    sequence: null,
    findings: [],
    text: `{"cmd":"qrpay","vmc_no":33232,"order_no":"20261124009988776${id}"}`,
  })}\n`;

const dialogs = (app: TestApp, { open, save }: { readonly open?: string; readonly save?: string }) =>
  app.electron.evaluate(
    ({ dialog }, paths) => {
      if (paths.open !== undefined)
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [paths.open ?? ''] });
      if (paths.save !== undefined)
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: paths.save ?? '' });
    },
    { open, save },
  );

describe.runIf(hasBroker)('a capture of a site', () => {
  it('is sent masked, and saved, opened and removed at support', async () => {
    const broker = await startBroker(folder('broker'));
    ends.push(() => broker.kill());
    const client = await broker.client();
    await makeStream(client);
    await makeFilesStream(client);
    await client.close();
    const access = { servers: `127.0.0.1:${broker.port}`, credentials: 'a:secret-a' };
    const [bern, desk] = await Promise.all([
      start({ name: 'Support', role: 'send', isMasked: true, ...access }),
      start({ name: 'Bern', role: 'read', ...access }),
    ]);

    // Support sees an empty list first.
    await desk.page.getByRole('button', { name: 'Files… Bern' }).press('Enter');
    const files = desk.page.getByRole('dialog', { name: 'Files of Bern' });
    await files.getByText('The site has sent no files.').waitFor();
    expect(await accessibilityProblems(desk)).toEqual([]);

    const path = folder('lobby.jsonl');
    writeFileSync(path, frame(1) + frame(2) + frame(3));
    await dialogs(bern, { open: path });
    await bern.page.getByRole('button', { name: 'Send a file… Support' }).press('Enter');
    await bern.page.getByText('lobby.jsonl.gz sent').waitFor();
    await bern.page.getByRole('button', { name: 'Files… Support' }).press('Enter');
    const own = bern.page.getByRole('dialog', { name: 'Files of Support' });
    await own.locator('[data-state="complete"]', { hasText: 'lobby.jsonl.gz' }).waitFor();
    expect(await accessibilityProblems(bern)).toEqual([]);

    // The list at support renews itself.
    await files.locator('[data-state="complete"]', { hasText: 'lobby.jsonl.gz' }).waitFor();
    const copy = folder('copy.jsonl.gz');
    await dialogs(desk, { save: copy });
    await files.getByRole('button', { name: 'Save as… lobby.jsonl.gz' }).press('Enter');
    await files.getByText('Fetched, SHA-256 matches').waitFor();
    const text = gunzipSync(readFileSync(copy)).toString();
    expect(text.match(/qrpay/g)?.length).toBeGreaterThanOrEqual(3);
    expect(text).not.toContain('2026112400998877');
    expect(await accessibilityProblems(desk)).toEqual([]);

    await files.getByRole('button', { name: 'Open as capture lobby.jsonl.gz' }).press('Enter');
    await desk.page.getByText('Capture lobby.jsonl.gz:').waitFor();
    await files.waitFor({ state: 'detached' });
    await desk.page.getByText(/1 connection · 3 entries/).waitFor();

    await go(desk, '#/settings/sites');
    await desk.page.getByRole('button', { name: 'Files… Bern' }).press('Enter');
    await files.getByRole('button', { name: 'Remove… lobby.jsonl.gz' }).press('Enter');
    await desk.page.getByRole('button', { name: 'Remove', exact: true }).press('Enter');
    await files.getByText('The site has sent no files.').waitFor();
  });
});
