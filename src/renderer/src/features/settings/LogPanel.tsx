import { Button, Stack } from '@mantine/core';
import { useRequest } from '../../bridge/request';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';
import { Panel } from '../../ui/Panel';

/** Crema's own log. */
export function LogPanel() {
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
