import { Button, Group } from '@mantine/core';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { navigate } from '../../store/navigate';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';
import { KeyValue, KeyValues } from '../../ui/KeyValue';
import { SettingBlock } from '../../ui/SettingBlock';
import { act } from '../../ui/useAction';

/** Version, licences and keys. */
export function AboutPart() {
  const { t } = useWords();
  const about = useCrema((s) => s.about);
  return (
    <>
      <KeyValues>
        <KeyValue label={t('settings.version')}>
          Crema {about?.appVersion}
          {about?.build === 'test' && ` · ${t('settings.testBuild')}`}
        </KeyValue>
        <KeyValue label={t('settings.runsOn')}>{about?.platformName}</KeyValue>
      </KeyValues>
      <Group gap="sm">
        <Button variant="default" onClick={() => act('about')}>
          {t('help.about.title')}
        </Button>
        <Button variant="default" onClick={() => act('licences')}>
          {t('help.licences.title')}
        </Button>
        <Button variant="default" onClick={() => navigate({ screen: 'help', topic: 'keys', item: null })}>
          {t('keys.title')}
        </Button>
      </Group>
    </>
  );
}

/** Crema's own log. */
export function LogPart() {
  const { t } = useWords();
  const open = useRequest('openLogFolder');
  return (
    <SettingBlock title={t('log.title')} notes={[t('log.note')]}>
      {() => (
        <>
          <Button variant="default" loading={open.busy} onClick={() => void open.run(undefined)}>
            {t('log.open')}
          </Button>
          <ErrorNote error={open.error} />
        </>
      )}
    </SettingBlock>
  );
}
