/**
 * Machines with unexpected characters in every text: characters that reverse their neighbours or clear a terminal,
 * and the names of every object's members in JavaScript. Every screen shows these texts and nothing else.
 */
import { existsSync } from 'node:fs';
import { messages } from '#shared/messages/index';
import type { JsonObject, JsonValue } from '#shared/model/json';
import { afterEach, expect, it } from 'vitest';
import { startApp, type TestApp } from '../builders/app';
import { exportTo, go, openFile, tabNamed } from '../builders/captureScreens';
import { decimalFrame, RawClient } from '../builders/server';
import { useFolder } from '../builders/useFolder';

const open: TestApp[] = [];
const clients: RawClient[] = [];
const folder = useFolder();
afterEach(async () => {
  for (const client of clients.splice(0)) client.socket.destroy();
  for (const app of open.splice(0)) await app.close();
});

const controls = 'a\u202Eb\u001B[31mc\u0000d\u200Be';
/** Functions of every object. */
const functions = [
  'toString',
  'hasOwnProperty',
  'valueOf',
  'constructor',
  'isPrototypeOf',
  '__defineGetter__',
] as const;
const texts = [controls, '__proto__', ...functions];
/** Machines that send every message: each place gets control characters, a member of every object that is not a function, and a function. */
const talkers = 3;
const first = 40_001;

/** The value with these texts in place of every text, and of every number that names a material. */
function filled(write: () => string, value: JsonValue): JsonValue {
  if (typeof value === 'string') return write();
  if (Array.isArray(value)) return value.map((one: JsonValue) => filled(write, one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [/^\d+$/.test(name) ? write() : name, filled(write, one)]),
  );
}

/**
 * All messages of a machine, with this text in every place, or with all functions in turn. The login is first.
 * Other machines send only a little more than a login.
 */
function bodies(text: string, vmcNo: number): readonly string[] {
  const isTalker = vmcNo < first + talkers;
  let written = 0;
  const write = (): string =>
    functions.some((one) => one === text) ? (functions[(written += 1) % functions.length] ?? text) : text;
  const said = messages
    .filter(({ cmd, direction }) => direction === 'in' && (isTalker || cmd === 'login'))
    .toSorted((a, b) => Number(b.cmd === 'login') - Number(a.cmd === 'login'))
    .map(({ cmd, example }) =>
      JSON.stringify(Object.assign({}, filled(write, example as JsonObject), { cmd, vmc_no: vmcNo })),
    );
  const unknown: JsonObject = Object.fromEntries<JsonValue>([
    ['cmd', text],
    ['vmc_no', vmcNo],
    [text, text],
    ['status', text],
    ['order_no', text],
  ]);
  // With raw control characters, which JSON forbids.
  const bare = `{"cmd":"error","vmc_no":${vmcNo},"error_code":"${text}","error_description":"${text}","isSet":true}`;
  return [...said, JSON.stringify(unknown), bare];
}

/**
 * Raw control characters in the page's text and tooltips, and broken parts of the page. Elements that show raw text by style
 * keep the characters for copying.
 */
function rawTexts(): readonly string[] {
  const raw = /[^\P{Cc}\t\n\r]|\p{Bidi_Control}|\u200B/u;
  const found: string[] = [];
  const note = (element: Element | null, what: string, text: string | null): void => {
    if (text === null || !raw.test(text) || element?.closest('[data-unseen], script, style, textarea'))
      return;
    found.push(`${what} of ${element?.tagName} ${element?.className}: ${JSON.stringify(text)}`);
  };
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { currentNode } = walker;
    note(currentNode.parentElement, 'text', currentNode.nodeValue);
  }
  for (const name of ['title', 'aria-label', 'aria-description', 'aria-valuetext', 'alt', 'placeholder'])
    for (const element of document.querySelectorAll(`[${name}]`))
      note(element, name, element.getAttribute(name));
  const broken = /This (?:line|part) can’t be shown/.exec(document.body.textContent);
  if (broken !== null) found.push(broken[0]);
  return [...new Set(found)];
}

declare global {
  interface Window {
    /** Kept in the page, so that it is not sent and parsed for each check. */
    rawTexts: () => readonly string[];
  }
}

it(
  'shows the texts of machines on every screen, and none of their characters has an effect',
  { timeout: 400_000 },
  async () => {
    const app = await startApp({ size: { width: 1366, height: 768 } });
    open.push(app);
    const { page } = app;
    let log = '';
    app.electron.process().stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()));
    const problems = new Map<string, string>();
    await page.evaluate(`globalThis.rawTexts = ${rawTexts.toString()}`);
    const note = (text: string, where: string): void => void problems.set(text, problems.get(text) ?? where);
    const look = async (where: string): Promise<void> => {
      for (const text of await page.evaluate(() => window.rawTexts())) note(text, where);
    };
    /** The selected line of the focused list and the lines below it, each checked while selected, with the part that it opens. */
    const lookAtLines = async (count: number, screen: string): Promise<void> => {
      const found = await page.evaluate(async (lines) => {
        const raw: [number, string][] = [];
        /** The detail of a frame is loaded separately. */
        const isOpen = (): boolean => {
          const id = document
            .querySelector('main [aria-selected="true"][data-frame]')
            ?.getAttribute('data-frame');
          if (id == null) return true;
          return document.querySelector(`[aria-label="Frame ${id}"], [aria-label="Entry ${id}"]`) !== null;
        };
        for (let line = 1; line <= lines; line += 1) {
          do await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
          while (!isOpen());
          for (const text of window.rawTexts()) raw.push([line, text]);
          document.activeElement?.dispatchEvent(
            new KeyboardEvent('keydown', {
              key: 'ArrowDown',
              code: 'ArrowDown',
              bubbles: true,
              cancelable: true,
            }),
          );
        }
        return raw;
      }, count);
      for (const [line, text] of found) note(text, `${screen}, line ${line}`);
    };

    /** Everything that opens over a place: menus, option lists, tooltips of the focused element. */
    const menusAndFields = async (where: string): Promise<void> => {
      for (const field of await page.locator('main input[aria-haspopup="listbox"]').all()) {
        await field.click();
        await look(`${where}, choices`);
        await page.keyboard.press('Escape');
      }
      // Lines of frames have a menu.
      const found = await page.evaluate(async () => {
        const raw: string[] = [];
        const until = async (isSo: () => boolean): Promise<void> => {
          while (!isSo()) await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
        };
        const menu = (): Element | null => document.querySelector('[role="menu"]');
        const rows = (): readonly Element[] => [
          ...document.querySelectorAll('main [role="option"][data-frame]'),
        ];
        for (let row = 0; row < Math.min(rows().length, 20); row += 1) {
          const { left: clientX = 0, top: clientY = 0 } = rows()[row]?.getBoundingClientRect() ?? {};
          const at = { bubbles: true, cancelable: true, button: 2, clientX, clientY };
          rows()[row]?.firstElementChild?.dispatchEvent(new MouseEvent('contextmenu', at));
          await until(() => menu() !== null);
          raw.push(...window.rawTexts());
          menu()?.dispatchEvent(
            new KeyboardEvent('keydown', { key: 'Escape', code: 'Escape', bubbles: true, cancelable: true }),
          );
          await until(() => menu() === null);
        }
        return raw;
      });
      for (const text of found) note(text, `${where}, menu`);
    };
    for (const [index, text] of texts.entries()) {
      const vmcNo = first + index;
      await page.evaluate(
        ([number, name]) => window.crema.request('setMachine', { vmcNo: number, patch: { name } }),
        [vmcNo, text] as const,
      );
      const client = await RawClient.open(app.machinePort);
      clients.push(client);
      for (const body of bodies(text, vmcNo)) client.send(decimalFrame(body));
    }
    await go(app, '#/machines');
    await page
      .getByRole('listbox', { name: 'Machines' })
      .getByText(String(first + texts.length - 1))
      .waitFor();

    for (const screen of ['connect', 'machines', 'upgrades', 'settings']) {
      await go(app, `#/${screen}`);
      await page.locator(`main[data-screen="${screen}"]`).waitFor();
      await look(screen);
    }
    for (const [index, text] of texts.slice(0, talkers).entries()) {
      for (const tab of ['overview', 'errors', 'orders', 'commands', 'frames', 'settings']) {
        await go(app, `#/machines/${first + index}/${tab}`);
        await page.locator('[role="tab"][aria-selected="true"]').waitFor();
        await page.waitForTimeout(100);
        await look(`${tab} of ${JSON.stringify(text)}`);
      }
    }
    // Actions that ask first, on the machine with the worst name.
    await go(app, `#/machines/${first}/overview`);
    const actions = page.getByRole('group', { name: 'Actions' });
    const more = actions.getByRole('button', { name: 'More', exact: true });
    await more.click();
    const items = await page.getByRole('menuitem').count();
    await page.keyboard.press('Escape');
    for (let item = 0; item < items; item += 1) {
      await more.click();
      await page.getByRole('menuitem').nth(item).click({ force: true });
      await look(`action ${item}`);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
    }
    await go(app, '#/machines');
    // Opens every error, order and frame.
    for (const [screen, name] of [
      ['errors', 'Errors, newest first'],
      ['orders', 'Orders, newest first'],
      ['inspector', 'Frames, oldest first'],
    ] as const) {
      await go(app, `#/${screen}`);
      const lines = page.getByRole('listbox', { name });
      await lines.getByRole('option').first().click();
      const count = Number(await lines.getByRole('option').first().getAttribute('aria-setsize'));
      expect(count).toBeGreaterThanOrEqual(talkers);
      await page.keyboard.press('Home');
      await lookAtLines(count, screen);
      const last = lines.getByRole('option', { selected: true });
      expect(await last.getAttribute('aria-posinset')).toBe(String(count));
      await menusAndFields(screen);
    }
    // The same as a capture with a hostile file name.
    const file = folder(`${controls.replaceAll('\0', '')}.jsonl`);
    await exportTo(app, file, 'JSONL');
    await expect.poll(() => existsSync(file)).toBe(true);
    await openFile(app, file);
    await tabNamed(app, /jsonl/).waitFor();
    for (const screen of ['inspector', 'errors', 'orders', 'machines']) {
      await go(app, `#/${screen}`);
      await page.locator(`main[data-screen="${screen}"]`).waitFor();
      await look(`${screen} of the capture`);
    }
    expect([...problems]).toEqual([]);
    expect(log).not.toContain('crema: window:');
  },
);
