import { Button, Group, NumberInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { AskOnce } from '../../ui/AskOnce';
import { ErrorNote } from '../../ui/ErrorNote';
import { Panel } from '../../ui/Panel';

/** Direct link: serves one machine number only, which need not be connected yet. */
export function DirectLink() {
  const { t } = useWords();
  const served = useCrema((s) => s.settings.directLink);
  const set = useRequest('setDirectLink');
  const [typed, setTyped] = useState<number | string>('');
  const vmcNo = typed === '' ? Number.NaN : Number(typed);
  const isNumber = Number.isSafeInteger(vmcNo) && vmcNo >= 0;
  return (
    <Panel title={t('connect.directTitle')}>
      {served !== null ? (
        <Group gap="sm">
          <span>{t('directLink.banner', { vmcNo: served })}</span>
          <Button variant="default" loading={set.busy} onClick={() => void set.run({ vmcNo: null })}>
            {t('directLink.all')}
          </Button>
        </Group>
      ) : (
        <>
          <p className="dim">{t('connect.directText')}</p>
          <Group gap="sm" align="end">
            <NumberInput
              label={t('machine.number')}
              value={typed}
              onChange={setTyped}
              allowDecimal={false}
              allowNegative={false}
              hideControls
              w={150}
            />
            <AskOnce
              label={t('directLink.only')}
              icon={<IconLock size={15} aria-hidden />}
              question={`${t('directLink.ask')} ${t('directLink.warn')}`}
              impossible={isNumber ? null : t('connect.directNumber')}
              busy={set.busy}
              onYes={() => void set.run({ vmcNo })}
            />
          </Group>
        </>
      )}
      <ErrorNote error={set.error} />
    </Panel>
  );
}
