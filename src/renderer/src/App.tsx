import { Button, MantineProvider } from '@mantine/core';
import { useColorScheme } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import { screenNames, type Screen } from '#shared/screens';
import { takeActions } from './bridge/actions';
import { loadSnapshot } from './bridge/live';
import { startOutside } from './bridge/outside';
import { reportProblem, request } from './bridge/request';
import { followSiteCommands } from './bridge/siteCommands';
import { startSources } from './bridge/source';
import { ExportDialog } from './features/captures/ExportDialog';
import { Jobs } from './features/captures/Jobs';
import { keepRecordedTime } from './features/captures/recordedClock';
import { screenIcons, screenViews } from './features/screens';
import { HelpDialogs } from './features/help/HelpDialogs';
import { StartRun } from './features/machines/runs/StartRun';
import { Palette } from './features/palette/Palette';
import { ReplayDialog } from './features/replay/ReplayDialog';
import { Banners } from './features/shell/Banners';
import { Rail, screenRoute } from './features/shell/Rail';
import { SiteLine } from './features/shell/SiteLine';
import { SourceTabs } from './features/shell/SourceTabs';
import { SupportDialog } from './features/support/SupportDialog';
import { TopBar } from './features/shell/TopBar';
import { Tour } from './features/tour/Tour';
import { DropTarget } from './features/upgrades/DropTarget';
import { askExport, askReplay, askSupport, languageOf, useCrema } from './store';
import { useCurrencies } from './store/currencies';
import { navigate, startNavigation } from './store/navigate';
import { isOfAllSites } from './store/sites';
import { isOfLive } from './store/source';
import { i18n, type Language } from './text';
import { useWords, WordsProvider } from './text/useWords';
import { cssVariables, theme } from './theme';
import { Boundary, ReportContext } from './ui/Boundary';
import { CopyImageContext } from './ui/chart/copyImage';
import { CopyContext } from './ui/Copyable';
import { EmptyNote } from './ui/EmptyNote';
import { ErrorNote } from './ui/ErrorNote';
import { act } from './ui/useAction';
import { useFocusOfScreen } from './ui/useFocusOfScreen';
import { useHotkey } from './ui/useHotkey';
import classes from './App.module.css';

const copy = async (text: string): Promise<boolean> => (await request('copyText', { text })).ok;

const copyImage = async (png: Uint8Array<ArrayBuffer>): Promise<boolean> =>
  (await request('copyImage', { png })).ok;

export function App({ nonce }: { readonly nonce: string }) {
  const chosen = useCrema((s) => s.settings.theme);
  const ownErrors = useCrema((s) => s.settings.ownErrors);
  const currencies = useCurrencies();
  const system = useColorScheme();
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      getStyleNonce={() => nonce}
      forceColorScheme={chosen === 'system' ? system : chosen}
    >
      <WordsProvider ownErrors={ownErrors} currencies={currencies}>
        <CopyContext value={copy}>
          <CopyImageContext value={copyImage}>
            <ReportContext value={reportProblem}>
              <Boundary where="window">
                <Window />
              </Boundary>
            </ReportContext>
          </CopyImageContext>
        </CopyContext>
      </WordsProvider>
    </MantineProvider>
  );
}

function Window() {
  const [started, setStarted] = useState(false);
  return started ? <Shell /> : <Starting onStarted={() => setStarted(true)} />;
}

async function speak(language: Language): Promise<void> {
  document.documentElement.lang = language;
  if (i18n.language !== language) await i18n.changeLanguage(language);
}

/** The first snapshot, the language, the place: nothing is shown before all three are known. */
function Starting({ onStarted }: { readonly onStarted: () => void }) {
  const { t } = useWords();
  const [error, setError] = useState<AppError | null>(null);
  const begun = useRef(false);
  const start = async (): Promise<void> => {
    const problem = await loadSnapshot();
    setError(problem);
    if (problem !== null) return;
    const state = useCrema.getState();
    await speak(languageOf(state));
    const goOutside = startOutside();
    startNavigation([...state.machines.values()].filter((row) => row.online).length);
    keepRecordedTime();
    await startSources();
    followSiteCommands();
    await goOutside();
    onStarted();
  };
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void start();
  });
  if (error === null) return null;
  return (
    <EmptyNote title={t('app.startFailed')}>
      <ErrorNote error={error} />
      <Button onClick={() => void start()}>{t('app.again')}</Button>
    </EmptyNote>
  );
}

/** Each part takes from the store what it shows: going to another screen draws that screen and nothing else. */
function Shell() {
  useEffect(() => {
    // End-to-end tests wait for this.
    document.documentElement.dataset['ready'] = 'true';
  }, []);
  // All below listens by now.
  useEffect(() => takeActions((action) => void act(action)), []);
  return (
    <div className={classes['window']}>
      <Spoken />
      {screenNames.map((screen) => (
        <ScreenKey key={screen} screen={screen} />
      ))}
      <Boundary where="rail">
        <Rail icons={screenIcons} />
      </Boundary>
      <div className={classes['right']}>
        <Boundary where="top bar">
          <TopBar />
        </Boundary>
        <AboveScreen />
        <Screen />
        <Boundary where="drop target">
          <DropTarget />
        </Boundary>
        <Boundary where="jobs">
          <Jobs />
        </Boundary>
        <Boundary where="palette">
          <Palette />
        </Boundary>
        <Boundary where="help">
          <HelpDialogs />
        </Boundary>
        <Boundary where="tour">
          <Tour />
        </Boundary>
        <Dialogs />
      </div>
    </div>
  );
}

/** The key of a screen. */
function ScreenKey({ screen }: { readonly screen: Screen }) {
  useHotkey(screen, () => navigate(screenRoute(screen)));
  return null;
}

function Spoken() {
  const language = useCrema(languageOf);
  useEffect(() => void speak(language), [language]);
  return null;
}

function AboveScreen() {
  const source = useCrema((s) => s.source);
  return (
    <>
      <Boundary where="tabs of captures" of={source}>
        <SourceTabs />
      </Boundary>
      <Boundary where="line of the site" of={source}>
        <SiteLine />
      </Boundary>
      <Boundary where="banners" of={source}>
        <Banners />
      </Boundary>
    </>
  );
}

function Screen() {
  const screen = useCrema((s) => s.route.screen);
  const source = useCrema((s) => s.source);
  // On the way back to Live the rows are still those of the capture.
  const leaving = useCrema((s) => s.source !== null && isOfLive(s.route));
  const { draw, drawAll } = screenViews[screen];
  const ofAllSites = useCrema((s) => s.allSites && isOfAllSites(s.route)) && drawAll !== undefined;
  const main = useRef<HTMLElement>(null);
  useFocusOfScreen(main, screen);
  return (
    <main
      ref={main}
      key={ofAllSites ? 'all' : (source ?? 'live')}
      className={classes['screen']}
      data-screen={screen}
      hidden={leaving}
    >
      <Boundary where={`screen ${screen}`} of={screen}>
        {ofAllSites ? drawAll() : draw()}
      </Boundary>
    </main>
  );
}

/** Those that are asked for from several places. */
function Dialogs() {
  const exporting = useCrema((s) => s.exporting);
  const supporting = useCrema((s) => s.supporting);
  const replaying = useCrema((s) => s.replaying);
  const starting = useCrema((s) => s.starting);
  return (
    <>
      {starting !== null && (
        <Boundary where="start of a run" of={starting}>
          <StartRun wish={starting} />
        </Boundary>
      )}
      {exporting !== null && (
        <Boundary where="export">
          <ExportDialog onClose={() => askExport(null)} />
        </Boundary>
      )}
      {replaying && (
        <Boundary where="replay">
          <ReplayDialog onClose={() => askReplay(false)} />
        </Boundary>
      )}
      {supporting && (
        <Boundary where="support file">
          <SupportDialog onClose={() => askSupport(false)} />
        </Boundary>
      )}
    </>
  );
}
