import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { TestApp } from './app';

/** The package's `source` member is twice as long. */
const script = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** WCAG A and AA problems of the current view, one line each. */
export async function accessibilityProblems({ electron, page }: TestApp): Promise<string[]> {
  // Evaluated from the main process, because the page's policy blocks foreign scripts. Once a page: sending the script costs more.
  if (!(await page.evaluate(() => 'axe' in globalThis)))
    await electron.evaluate(
      ({ BrowserWindow }, file) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
          process.getBuiltinModule('node:fs').readFileSync(file, 'utf8'),
        ),
      script,
    );
  const { violations } = await page.evaluate(async () => {
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
    return (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
      // Passed checks need no list and no selector of each node.
      resultTypes: ['violations'],
      selectors: false,
    });
  });
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
  );
}
