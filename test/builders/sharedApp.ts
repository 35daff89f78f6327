/** One app for all tests of a file, with its own machines, orders and files: a start costs as much as a short test. */
import { afterAll, onTestFailed } from 'vitest';
import { startApp, type AppOptions, type TestApp } from './app';

type Language = 'en' | 'zh-CN';
const size = { width: 1366, height: 768 };

/** Reloads the window and clears its state and the clipboard of the previous test. */
async function beginAnew({ electron, page }: TestApp, language: Language): Promise<void> {
  // Lists stop while the pointer is over them, wherever that test left it.
  await page.mouse.move(700, 4);
  await page.evaluate(async (wanted) => {
    await window.crema.request('setSettings', { language: wanted });
    localStorage.clear();
    sessionStorage.clear();
    // The start route, without navigating there before the reload.
    history.replaceState(null, '', location.pathname);
  }, language);
  await electron.evaluate(({ BrowserWindow }, wanted) => {
    Object.assign(globalThis, { copiedText: '' });
    BrowserWindow.getAllWindows()[0]?.setContentSize(wanted.width, wanted.height);
  }, size);
  await page.reload();
  await page.locator('html[data-ready="true"]').waitFor();
}

async function speaks({ page }: TestApp, language: Language): Promise<void> {
  await page.evaluate((wanted) => window.crema.request('setSettings', { language: wanted }), language);
  await page.locator(`html[lang="${language}"]`).waitFor();
}

export interface SharedApp {
  /** The app, with its window reloaded. */
  (language?: Language): Promise<TestApp>;
  /** The app as the previous test left it, even with a window that can't be reloaded from here. */
  readonly asLeft: () => Promise<TestApp>;
  /**
   * Ends it and starts it again with the same data folder and its stored settings. The new app is shared from then on.
   * `switches`: of this start, in place of those of the file. `meanwhile`: changes the folder in between.
   */
  readonly restart: (next?: {
    readonly switches?: readonly string[];
    readonly meanwhile?: (dataDirectory: string) => void;
  }) => Promise<TestApp>;
}

/**
 * The app of a failed test is not reused.
 * `begin`: creates the common start state, once in each app.
 */
export function sharedApp(
  options: () => Promise<AppOptions> = () => Promise.resolve({}),
  begin: (app: TestApp) => Promise<void> = () => Promise.resolve(),
): SharedApp {
  let shared: TestApp | null = null;
  const end = async (keepData = false): Promise<void> => {
    const app = shared;
    shared = null;
    await app?.close({ keepData });
  };
  const start = async (more: AppOptions): Promise<TestApp> =>
    (shared = await startApp({ language: null, ...(await options()), ...more }));
  afterAll(() => end());
  const begun = async (language: Language): Promise<TestApp> => {
    const app = await start({ size });
    await speaks(app, language);
    await begin(app);
    return app;
  };
  const given = async (language: Language = 'en'): Promise<TestApp> => {
    onTestFailed(() => end());
    if (shared === null) return begun(language);
    await beginAnew(shared, language);
    return shared;
  };
  const asLeft = async (): Promise<TestApp> => {
    onTestFailed(() => end());
    return shared ?? begun('en');
  };
  const restart: SharedApp['restart'] = async ({ switches, meanwhile } = {}) => {
    const dataDirectory = shared?.dataDirectory;
    await end(true);
    if (dataDirectory !== undefined) meanwhile?.(dataDirectory);
    return start({
      ...(dataDirectory !== undefined && { dataDirectory }),
      ...(switches !== undefined && { switches }),
    });
  };
  return Object.assign(given, { asLeft, restart });
}
