import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { TestApp } from './app';

/** The package's `source` member is twice as long. */
const script = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** The attribute of elements whose contrast is judged in this run. */
const mark = 'data-contrast';

/**
 * Runs in the page before axe, and marks the elements whose contrast axe has to judge: that is half of its work.
 * Contrast depends on colours, font and opacity. An element needs no judgement if these are the same as those of a judged one
 * that nothing covered. Returns a function that removes the marks and, if no problem was found, remembers the colours.
 */
async function markContrast(attribute: string): Promise<(areGood: boolean) => void> {
  // A colour in transition has an intermediate contrast.
  for (let changing = true; changing;) {
    const transitions = document.getAnimations().filter((one) => one instanceof CSSTransition);
    changing = transitions.length > 0;
    const ended = Promise.allSettled(transitions.map(({ finished }) => finished));
    const patience = new Promise<never>((_, fail) => {
      setTimeout(() => fail(new Error(`${transitions.length} transitions do not end`)), 30_000);
    });
    await Promise.race([ended, patience]);
  }
  const page = globalThis as unknown as { goodContrast?: Set<string> };
  const good = (page.goodContrast ??= new Set());
  const behind = new Map<Element, string>();
  const backgroundOf = (element: Element | null): string => {
    if (element === null) return '';
    const known = behind.get(element);
    if (known !== undefined) return known;
    const { backgroundColor, backgroundImage, opacity } = getComputedStyle(element);
    const all = [backgroundOf(element.parentElement), backgroundColor, backgroundImage, opacity].join(' ');
    behind.set(element, all);
    return all;
  };
  const isText = ({ childNodes, tagName }: Element): boolean =>
    /^(?:INPUT|TEXTAREA|SELECT)$/.test(tagName) ||
    [...childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim() !== '');
  const isInFront = (element: Element): boolean => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const hit = document.elementFromPoint(x + width / 2, y + height / 2);
    return hit !== null && (element.contains(hit) || hit.contains(element));
  };
  const judged = new Set<string>();
  const marked: Element[] = [];
  for (const element of document.body.querySelectorAll('*')) {
    if (!isText(element)) continue;
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(element);
    const isExempt =
      element.closest(':disabled, [aria-disabled="true"], [inert], [aria-hidden="true"]') !== null;
    const colours = [color, fontSize, fontWeight, textShadow, isExempt, backgroundOf(element)].join();
    if (good.has(colours) || judged.has(colours)) continue;
    element.setAttribute(attribute, '');
    marked.push(element);
    if (isInFront(element)) judged.add(colours);
  }
  return (areGood) => {
    for (const element of marked) element.removeAttribute(attribute);
    if (areGood) for (const colours of judged) good.add(colours);
  };
}

/** WCAG A and AA problems of the current view, one line each. */
export async function accessibilityProblems({ electron, page }: TestApp): Promise<string[]> {
  // Evaluated from the main process, because the page's policy blocks foreign scripts. Once a page: sending the script costs more.
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    await electron.evaluate(
      ({ BrowserWindow }, file) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
          process.getBuiltinModule('node:fs').readFileSync(file, 'utf8'),
        ),
      script,
    );
    await page.evaluate((attribute) => {
      (globalThis as unknown as { axe: typeof axe }).axe.configure({
        rules: [{ id: 'color-contrast', selector: `[${attribute}]` }],
      });
    }, mark);
  }
  const end = await page.evaluateHandle(markContrast, mark);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
      // Passed checks need no list and no selector of each node.
      resultTypes: ['violations'],
      selectors: false,
    }),
  );
  await end.evaluate((take, areGood) => take(areGood), violations.length === 0);
  await end.dispose();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
  );
}
