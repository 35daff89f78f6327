import { useState } from 'react';
import { useRequest } from '../../bridge/request';
import { askSupport, useCrema, wantDoctor } from '../../store';
import { navigate } from '../../store/navigate';
import type { Route } from '../../store/route';
import { useWords } from '../../text/useWords';
import { Dialog } from '../../ui/Dialog';
import { ErrorNote } from '../../ui/ErrorNote';
import { KeyTable } from '../../ui/KeyTable';
import { useAction } from '../../ui/useAction';
import { useHotkey } from '../../ui/useHotkey';
import { AboutDialog } from './AboutDialog';
import { LicencesDialog } from './LicencesDialog';

type Shown = 'about' | 'licences' | 'keyList';

/** Dialogs that the menu opens from anywhere, and handlers of menu items without another place. */
export function HelpDialogs() {
  const { t } = useWords();
  const route = useCrema((s) => s.route);
  // Navigation closes the dialog, also through the menu.
  const [shown, setShown] = useState<{ readonly what: Shown; readonly at: Route } | null>(null);
  const show = (what: Shown): void => setShown({ what, at: route });
  const close = (): void => setShown(null);
  useAction('about', () => show('about'));
  useAction('licences', () => show('licences'));
  useHotkey('keyList', () => show('keyList'));
  useAction('supportFile', () => {
    close();
    askSupport(true);
  });
  useAction('checkComputer', () => {
    close();
    navigate({ screen: 'settings', page: 'computer' });
    wantDoctor(true);
  });
  const folder = useRequest('openLogFolder');
  useAction('openLogFolder', () => void folder.run(undefined));
  const theme = useRequest('setSettings');
  useAction('theme.system', () => void theme.run({ theme: 'system' }));
  useAction('theme.light', () => void theme.run({ theme: 'light' }));
  useAction('theme.dark', () => void theme.run({ theme: 'dark' }));
  const error = folder.error ?? theme.error;
  if (error !== null) {
    const seen = (): void => {
      folder.clear();
      theme.clear();
    };
    return (
      <Dialog title={t('help.notDone')} onClose={seen}>
        <ErrorNote error={error} />
      </Dialog>
    );
  }
  if (shown === null || shown.at !== route) return null;
  switch (shown.what) {
    case 'about':
      return <AboutDialog onLicences={() => show('licences')} onClose={close} />;
    case 'licences':
      return <LicencesDialog onClose={close} />;
    case 'keyList':
      return (
        <Dialog title={t('keys.title')} size={760} onClose={close}>
          <KeyTable />
        </Dialog>
      );
  }
}
