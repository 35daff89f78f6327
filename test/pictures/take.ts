/** Takes pictures of the real app, with a letter at each thing that the manual names. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { Language } from '../../src/renderer/src/text';
import type { Picture } from './pictures';
import { openStage } from './stage';
import { folder, keepMade } from './stale';

export const languages: readonly Language[] = ['en', 'zh-CN'];
export const size = { width: 1366, height: 768 };

export async function takeAll(wanted: readonly Picture[], says: (line: string) => void): Promise<void> {
  const stage = await openStage(size);
  try {
    for (const picture of wanted) {
      if (!picture.withoutMachines) await stage.setOut();
      for (const language of languages) {
        const path = join(folder, language, `${picture.name}.png`);
        mkdirSync(join(folder, language), { recursive: true });
        const seen = await stage.in(language);
        await picture.show(seen);
        for (const [letter, where] of Object.entries(picture.letters ?? {})) await mark(letter, where(seen));
        // A picture shows no hover.
        await seen.page.mouse.move(0, 0);
        await seen.page.screenshot({ path, animations: 'disabled' });
        await unmark(seen.page);
        await picture.leave?.(seen);
        says(path);
      }
    }
  } finally {
    await stage.close();
  }
  keepMade(wanted);
}

/** @throws Error if the thing is not on the screen: then the manual is wrong too */
async function mark(letter: string, place: Locator): Promise<void> {
  await place.first().waitFor({ timeout: 10_000 });
  await place.first().evaluate((element, text) => {
    const { left, right, top, height } = element.getBoundingClientRect();
    if (top < 0 || top + Math.min(height, 24) > innerHeight)
      throw new Error(`${text} is outside the picture`);
    const diameter = 22;
    const y = Math.max(2, top + Math.min(height / 2, 24) - diameter / 2);
    // A sign covers no text and no icon, and keeps this distance in px.
    const apart = 3;
    const boxes: DOMRect[] = [...document.querySelectorAll('svg')].map((icon) =>
      icon.getBoundingClientRect(),
    );
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (texts.nextNode() !== null) {
      range.selectNodeContents(texts.currentNode);
      boxes.push(...range.getClientRects());
    }
    range.selectNodeContents(element);
    const textEnd = Math.max(...[...range.getClientRects()].map((box) => box.right));
    const behindText = Array.from({ length: 12 }, (_, step) => textEnd + 4 + 8 * step);
    // Beside it, at its end, behind it, farther left, and behind its text. A named function would need a helper of the compiler.
    const start =
      [left - 26, right - 26, right + 4, left - 58, ...behindText].find(
        (x) =>
          x >= 2 &&
          x + diameter <= innerWidth &&
          boxes.every(
            (box) =>
              box.right <= x - apart ||
              box.left >= x + diameter + apart ||
              box.bottom <= y - apart ||
              box.top >= y + diameter + apart,
          ),
      ) ?? left - 26;
    const sign = document.createElement('div');
    sign.dataset['pictureLetter'] = text;
    sign.textContent = text;
    Object.assign(sign.style, {
      position: 'fixed',
      left: `${Math.max(2, start)}px`,
      top: `${y}px`,
      width: `${diameter}px`,
      height: `${diameter}px`,
      borderRadius: '11px',
      background: '#c22b2b',
      color: '#fff',
      font: '700 13px/22px sans-serif',
      textAlign: 'center',
      zIndex: '100000',
    });
    document.body.append(sign);
  }, letter);
}

const unmark = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const sign of document.querySelectorAll('[data-picture-letter]')) sign.remove();
  });
