import { Button, Group, Stack } from '@mantine/core';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { KeyValue, KeyValues } from '../../ui/KeyValue';
import { Panel } from '../../ui/Panel';
import { act } from '../../ui/useAction';
import { KeyTable } from '../../ui/KeyTable';
import { useRequest } from '../../bridge/request';
import { ErrorNote } from '../../ui/ErrorNote';
import { DoctorPanel } from './DoctorPanel';
import { ListenForm } from './ListenForm';
import { JournalPanel } from './JournalPanel';
import { NoticesPanel } from './NoticesPanel';
import { ProductsPanel } from './ProductsPanel';
import { SettingLines } from './SettingLines';
import classes from './SettingsScreen.module.css';

export function SettingsScreen() {
  const { t } = useWords();
  return (
    <div className={classes['screen']}>
      <h1>{t('settings.title')}</h1>
      <Boundary where="settings of the window">
        <WindowPanel />
      </Boundary>
      <Panel title={t('settings.section.listen')}>
        <Stack gap="md">
          <Boundary where="machine listener of the settings">
            <ListenForm which="machines" />
          </Boundary>
          <Boundary where="update listener of the settings">
            <ListenForm which="updates" />
          </Boundary>
          <Boundary where="notice listener of the settings">
            <ListenForm which="notices" />
          </Boundary>
          <SettingLines section="listen" />
        </Stack>
      </Panel>
      <Boundary where="settings of notifications">
        <NoticesPanel />
      </Boundary>
      <Boundary where="products of the workshop">
        <ProductsPanel />
      </Boundary>
      <Boundary where="settings of the journal">
        <JournalPanel />
      </Boundary>
      <Boundary where="check of this computer">
        <DoctorPanel />
      </Boundary>
      <Boundary where="keys">
        <KeysPanel />
      </Boundary>
      <Boundary where="log">
        <LogPanel />
      </Boundary>
      <Boundary where="about">
        <AboutPanel />
      </Boundary>
    </div>
  );
}

function WindowPanel() {
  const { t } = useWords();
  const about = useCrema((s) => s.about);
  const started = about?.languageSwitch;
  return (
    <Panel title={t('settings.section.window')}>
      <Stack gap="sm">
        <SettingLines
          section="window"
          params={{ name: t(`setting.language.value.${about?.systemLanguage ?? 'en'}`) }}
          notes={started ? { language: [t('setting.language.fromSwitch', { name: started })] } : {}}
        />
      </Stack>
    </Panel>
  );
}

function AboutPanel() {
  const { t } = useWords();
  const about = useCrema((s) => s.about);
  return (
    <Panel title={t('settings.about')}>
      <KeyValues>
        <KeyValue label={t('settings.version')}>
          Crema {about?.appVersion}
          {about?.build === 'test' && ` · ${t('settings.testBuild')}`}
        </KeyValue>
        <KeyValue label={t('settings.runsOn')}>{about?.platformName}</KeyValue>
      </KeyValues>
      <Group gap="sm" mt="sm">
        <Button variant="default" onClick={() => act('about')}>
          {t('help.about.title')}
        </Button>
        <Button variant="default" onClick={() => act('licences')}>
          {t('help.licences.title')}
        </Button>
      </Group>
    </Panel>
  );
}

function KeysPanel() {
  const { t } = useWords();
  return (
    <Panel title={t('keys.title')}>
      <KeyTable />
    </Panel>
  );
}

/** Crema's own log. */
function LogPanel() {
  const { t } = useWords();
  const open = useRequest('openLogFolder');
  return (
    <Panel title={t('log.title')}>
      <Stack gap="sm" align="flex-start">
        <p className="dim">{t('log.note')}</p>
        <Button variant="default" loading={open.busy} onClick={() => void open.run(undefined)}>
          {t('log.open')}
        </Button>
        <ErrorNote error={open.error} />
      </Stack>
    </Panel>
  );
}
