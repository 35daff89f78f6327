import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useEffectEvent } from 'react';
import type { DownloadTest } from '#shared/model/downloadTest';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';
import { Ago } from '../../ui/Ticking';
import { hostPort } from '../../ui/where';
import classes from './Upgrades.module.css';

/** Download tests through each address that machines use; run when a package can be offered, and on request. */
export function DownloadTests() {
  const { t } = useWords();
  const tests = useCrema((s) => s.downloadTests);
  const listens = useCrema(({ listeners: { updates } }) =>
    updates.status === 'listening' ? hostPort(updates.host, updates.port) : null,
  );
  const offers = useCrema((s) => s.packages.length > 0);
  const again = useRequest('testDownloads');
  const run = useEffectEvent(() => void again.run(undefined));
  useEffect(() => {
    if (listens !== null && offers) run();
  }, [listens, offers]);
  if (listens === null || !offers) return null;
  const wrong = tests.filter(({ problem }) => problem !== null);
  const button = (
    <Button
      variant="default"
      size="compact-xs"
      loading={again.busy}
      onClick={() => void again.run(undefined)}
    >
      {t('upgrades.test.again')}
    </Button>
  );
  const [first] = tests;
  return (
    <>
      {wrong.map((test) => (
        <div key={test.host} className={classes['blocked']} role="alert">
          <IconAlertTriangle size={16} aria-hidden />
          <Problem test={test} />
          <div className={classes['blockedActions']}>{button}</div>
        </div>
      ))}
      {wrong.length === 0 && first !== undefined && (
        <p className={classes['tested']}>
          <IconCircleCheck size={14} aria-hidden />
          <span>
            {t('upgrades.test.fine', {
              where: tests.map(({ host, port }) => hostPort(host, port)).join(' · '),
            })}{' '}
            <Ago at={first.at} />
          </span>
          {button}
        </p>
      )}
      <ErrorNote error={again.error} />
    </>
  );
}

function Problem({ test: { host, port, machines, problem, detail } }: { readonly test: DownloadTest }) {
  const { t } = useWords();
  if (problem === null) return null;
  const where = hostPort(host, port);
  return (
    <p>
      {t(`upgrades.test.problem.${problem}`, { where, detail })}{' '}
      {machines > 0 && t('upgrades.test.machines', { count: machines })}
    </p>
  );
}
