import { SegmentedControl, Stack } from '@mantine/core';
import { useId } from 'react';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';
import { KeyValue, KeyValues } from '../../ui/KeyValue';
import { Panel } from '../../ui/Panel';
import { ListenForm } from './ListenForm';
import { RecordsPanel } from './RecordsPanel';
import classes from './SettingsScreen.module.css';

/** In their own words, so that whoever is lost in the other language finds back. */
const languageNames = { en: 'English', 'zh-CN': '中文' } as const;

export function SettingsScreen() {
  const { t } = useWords();
  return (
    <div className={classes['screen']}>
      <h1>{t('settings.title')}</h1>
      <Choices />
      <Panel title={t('settings.listen')}>
        <Stack gap="md">
          <ListenForm which="machines" />
          <ListenForm which="updates" />
        </Stack>
      </Panel>
      <RecordsPanel />
      <AboutPanel />
    </div>
  );
}

function Choices() {
  const { t } = useWords();
  const settings = useCrema((s) => s.settings);
  const about = useCrema((s) => s.about);
  const set = useRequest('setSettings');
  const system = languageNames[about?.systemLanguage ?? 'en'];
  return (
    <Panel title={`${t('setting.language.title')} · ${t('setting.theme.title')}`}>
      <Stack gap="sm">
        <Choice label={t('setting.language.title')}>
          {(id) => (
            <SegmentedControl
              aria-labelledby={id}
              value={settings.language}
              onChange={(language) => void set.run({ language })}
              data={[
                { value: 'system', label: t('setting.language.value.system', { name: system }) },
                { value: 'en', label: languageNames.en },
                { value: 'zh-CN', label: languageNames['zh-CN'] },
              ]}
            />
          )}
        </Choice>
        {about?.languageSwitch && (
          <p className="dim">{t('setting.language.fromSwitch', { name: about.languageSwitch })}</p>
        )}
        <Choice label={t('setting.theme.title')}>
          {(id) => (
            <SegmentedControl
              aria-labelledby={id}
              value={settings.theme}
              onChange={(theme) => void set.run({ theme })}
              data={[
                { value: 'system', label: t('setting.theme.value.system') },
                { value: 'light', label: t('setting.theme.value.light') },
                { value: 'dark', label: t('setting.theme.value.dark') },
              ]}
            />
          )}
        </Choice>
        <ErrorNote error={set.error} />
      </Stack>
    </Panel>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly children: (labelId: string) => React.ReactNode;
}
function Choice({ label, children }: ChoiceProps) {
  const id = useId();
  return (
    <div className={classes['choice']}>
      <span id={id}>{label}</span>
      {children(id)}
    </div>
  );
}

function AboutPanel() {
  const { t } = useWords();
  const about = useCrema((s) => s.about);
  return (
    <Panel title={t('settings.about')}>
      <KeyValues>
        <KeyValue label={t('settings.version')}>Crema {about?.appVersion}</KeyValue>
        <KeyValue label={t('settings.runsOn')}>{about?.platformName}</KeyValue>
      </KeyValues>
    </Panel>
  );
}
