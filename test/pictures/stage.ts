/** The app with eight scripted virtual machines at work, as a technician finds them. */
import type { Locator, Page } from 'playwright-core';
import { Fleet } from '../../src/main/tools/simulator/fleet';
import type { Machine } from '../../src/main/tools/simulator/machine';
import { fleetOptions } from '../../src/main/tools/simulator/options';
import type { Language } from '../../src/renderer/src/text';
import type { Words } from '../../src/renderer/src/text/words';
import { startApp } from '../builders/app';
import { go } from '../builders/captureScreens';
import { askIn, type Ask } from '../builders/requests';
import { wordsOf } from '../builders/wordsOf';

/** The stage in one language. */
export interface Seen {
  readonly page: Page;
  readonly language: Language;
  readonly words: Words;
  /** By number: 33232 to 33239. Odd ones run the android program. */
  readonly machine: (vmcNo: number) => Machine;
  readonly go: (hash: string) => Promise<void>;
  readonly ask: Ask;
  /** A button by its whole text. */
  readonly button: (name: string) => Locator;
  /** The answer to the system's next dialog that opens a file. */
  readonly choosesFile: (path: string) => Promise<void>;
}

interface Stage {
  readonly in: (language: Language) => Promise<Seen>;
  /** Lets the machines connect, sell and fail, once. */
  readonly setOut: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Names of the machines, in both languages. */
const names: readonly (readonly [vmcNo: number, en: string, zh: string])[] = [
  [33_232, 'Lobby', '大堂'],
  [33_233, 'Library', '图书馆'],
  [33_234, 'Canteen', '食堂'],
  [33_235, 'Gate 3', '3号门'],
  [33_236, 'Gym', '健身房'],
  [33_237, 'Office 2', '二楼办公室'],
  [33_238, 'Station', '车站'],
  [33_239, 'Workshop', '维修间'],
];
/** The linux program compares errors every two minutes [field3]. */
const untilReported = 150_000;

export async function openStage(size: { readonly width: number; readonly height: number }): Promise<Stage> {
  const app = await startApp({ switches: [], language: null, size });
  const { page } = app;
  const fleets: Fleet[] = [];
  const ask = askIn(app);
  const machine = (vmcNo: number): Machine => {
    const found = fleets[0]?.machines.find(({ number }) => number === vmcNo);
    if (found === undefined) throw new Error(`no machine ${vmcNo}`);
    return found;
  };
  return {
    in: async (language) => {
      await ask('setSettings', { language });
      await page.locator(`html[lang="${language}"]`).waitFor();
      if (fleets.length > 0)
        for (const [vmcNo, en, zh] of names)
          await ask('setMachine', { vmcNo, patch: { name: language === 'en' ? en : zh } });
      // Lists show new names after a moment.
      await page.waitForTimeout(2_000);
      return {
        page,
        language,
        words: wordsOf(language),
        machine,
        go: (hash) => go(app, hash),
        ask,
        button: (name) => page.getByRole('button', { name, exact: true }),
        choosesFile: (path) =>
          app.electron.evaluate(({ dialog }, chosen) => {
            dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
          }, path),
      };
    },
    setOut: async () => {
      if (fleets.length > 0) return;
      const options = fleetOptions.parse({
        host: '127.0.0.1',
        port: app.machinePort,
        count: names.length,
        platform: 'mixed',
        first: 33_232,
        seed: 7,
      });
      fleets.push(new Fleet(options, { lives: false }));
      while (!(await areHere(page))) await page.waitForTimeout(200);
      happens(machine);
      await ask('command', { vmcNo: 33_235, name: 'rinse', input: {} });
      await page.waitForTimeout(untilReported);
      machine(33_238).stop();
      machine(33_236).technician.openDoor();
      await page.waitForTimeout(5_000);
    },
    close: async () => {
      for (const fleet of fleets) await fleet.stop();
      await app.close();
    },
  };
}

/** All machines have logged in. */
const areHere = (page: Page): Promise<boolean> =>
  page.evaluate(async (count) => {
    const snapshot = await window.crema.request('snapshot', undefined);
    if (!snapshot.ok) return false;
    const { machines } = snapshot.value;
    return machines.length === count && machines.every(({ platform }) => platform !== null);
  }, names.length);

/** Reports of the machines before the pictures. */
function happens(machine: Seen['machine']): void {
  machine(33_232).cabinet.setFault({
    code: 'ERROR:5300',
    description: '没有杯子',
    fatal: true,
    persistent: false,
  });
  machine(33_234).cabinet.setFault({
    code: 'WARNING:10016',
    description: '糖不足',
    fatal: false,
    persistent: false,
  });
  for (const [vmcNo, productId, works] of [
    [33_233, 803, true],
    [33_235, 810, true],
    [33_237, 806, false],
    [33_239, 702, true],
  ] as const)
    machine(vmcNo).customer.buy({ productId, payment: 'cash', patience: 60_000, brewing: 20_000, works });
}
