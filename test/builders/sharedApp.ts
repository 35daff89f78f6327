/** One app for all tests of a file whose machines, orders and files are their own: a start costs as much as a short test. */
import { afterAll, onTestFailed } from 'vitest';
import { startApp, type AppOptions, type TestApp } from './app';

/** What the window and the clipboard had of the test before is gone. */
async function begunAnew({ electron, page }: TestApp): Promise<void> {
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
    location.hash = '';
  });
  await electron.evaluate(() => void Object.assign(globalThis, { copiedText: '' }));
  await page.reload();
  await page.waitForSelector('html[data-ready="true"]');
}

/** Gives each test the app with a window that was loaded anew; what a test that failed has left is given to no other. */
export function sharedApp(
  options: () => Promise<AppOptions> = () => Promise.resolve({}),
): () => Promise<TestApp> {
  let shared: TestApp | null = null;
  const end = async (): Promise<void> => {
    const app = shared;
    shared = null;
    await app?.close();
  };
  afterAll(end);
  return async () => {
    onTestFailed(end);
    if (shared !== null) await begunAnew(shared);
    return (shared ??= await startApp({ size: { width: 1366, height: 768 }, ...(await options()) }));
  };
}
