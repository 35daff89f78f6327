/** "See frame 1445": a file of other records in the real app. Its frames have the numbers of those records, in the list's filter and in links. */
import { DatabaseSync } from '@photostructure/sqlite';
import { expect, it } from 'vitest';
import { everyFrame } from '#shared/filter/frames';
import type { Entry } from '#shared/model/frame';
import { frameLink, outsideHash, parseLink } from '#shared/outside';
import { exportFrames } from '../../src/main/tools/captures/exportJob';
import { copiedBy, type TestApp } from '../builders/app';
import { go, line, list, openFile, tab, tabNamed } from '../builders/captureScreens';
import { readCapture } from '../builders/captured';
import { frame } from '../builders/frames';
import { writeJournal } from '../builders/journal';
import { pcap, TcpScript } from '../builders/packets';
import { sharedApp } from '../builders/sharedApp';
import { useFolder } from '../builders/useFolder';

const shared = sharedApp();
const folder = useFolder();
const first = 1_441;

/** Exports a journal whose entries begin with number 1441. Gives the journal's name. */
async function writeFile(file: string, format: 'pcapng' | 'jsonl'): Promise<string> {
  const says = (body: object): Buffer => frame({ vmc_no: 33_232, ...body });
  const script = new TcpScript()
    .opens()
    .says(says({ cmd: 'login', timestamp: '1', sign: 'x', version: '1', linuxDriverVersion: '1' }))
    .says(says({ cmd: 'login_r', date_time: '2026-01-01 10:00:00', ret: 0 }), 'server')
    .says(says({ cmd: 'hb' }))
    .says(says({ cmd: 'machinestatus', status: 'dooropen' }))
    .closes();
  const entries = (await readCapture(pcap(script.packets))).entries;
  const journal = writeJournal(
    folder('other.sqlite'),
    Array.from(entries, (entry, index): Entry => ({ id: first + index, ...entry })),
  );
  const request = { filter: everyFrame, now: 0, names: {}, ids: null, journal, format, file, words: {} };
  await exportFrames(request, new AbortController().signal, () => undefined);
  const db = new DatabaseSync(journal, { readOnly: true });
  const { name } = db.prepare('SELECT name FROM identity').get() as { readonly name: string };
  db.close();
  return name;
}

/** As main does with the link. */
async function follow(app: TestApp, link: string): Promise<void> {
  const place = parseLink(link);
  if (place === null) throw new Error(`${link} leads nowhere`);
  await go(app, outsideHash([place]));
}

it.each(['pcapng', 'jsonl'] as const)(
  'the frame of a %s file is found by its original number, linked, and opened by the link',
  async (format) => {
    const app = await shared.asLeft();
    const { page } = app;
    const file = `day.${format}`;
    const journal = await writeFile(folder(file), format);
    const number = first + 4;
    const opened = page.getByRole('region', { name: `Frame ${number}` });
    const message = page.getByText(`Frame ${number} of the link is not in the records`);

    // The link alone: no other frame opens in its place.
    await follow(app, frameLink(number, journal));
    await message.waitFor();
    expect(await opened.count()).toBe(0);

    await openFile(app, folder(file));
    await tab(app, file).and(page.locator('[aria-current="true"]')).waitFor();
    await message.waitFor({ state: 'detached' });
    await line(app, 'Door open').waitFor();
    const filter = page.getByRole('combobox', { name: 'Filter', exact: true });
    await filter.fill('id:5');
    await page.keyboard.press('Enter');
    await expect.poll(() => list(app).locator('[data-frame]').count()).toBe(0);
    await filter.fill(`id:${number}`);
    await page.keyboard.press('Enter');
    await line(app, 'Door open').click();
    await opened.waitFor();
    expect(await list(app).locator('[data-frame]').count()).toBe(1);
    await opened.getByText(`in the records ${journal.slice(0, 8)}`).waitFor();

    await opened.getByRole('button', { name: /^Cop/ }).first().click();
    await page
      .getByRole('group', { name: 'Whole frame' })
      .getByRole('menuitem', { name: 'Link to this frame' })
      .click();
    await expect.poll(() => copiedBy(app)).toBe(`crema://frame/${number}?journal=${journal}`);

    // From Live, and from a link without a name in the shown capture.
    await tabNamed(app, /^Live/).click();
    await go(app, '#/errors');
    await follow(app, await copiedBy(app));
    await tab(app, file).and(page.locator('[aria-current="true"]')).waitFor();
    await opened.waitFor();
    await go(app, '#/errors');
    await follow(app, `crema://frame/${number}`);
    await opened.waitFor();
    expect(await page.evaluate(() => location.hash)).toBe('#/inspector');
    await page.getByRole('button', { name: `Close ${file}` }).click();
  },
);
