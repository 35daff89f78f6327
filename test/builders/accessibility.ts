import axe from 'axe-core';
import type { TestApp } from './app';

/** WCAG A and AA problems of what the window shows now, one line each. */
export async function accessibilityProblems({ electron, page }: TestApp): Promise<string[]> {
  // From the main process: the page's own policy lets no foreign script in.
  await electron.evaluate(
    ({ BrowserWindow }, source) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(source),
    axe.source,
  );
  const { violations } = await page.evaluate(async () =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
      // Of what passes no list is wanted, nor a selector of each node.
      resultTypes: ['violations'],
      selectors: false,
    }),
  );
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
  );
}
