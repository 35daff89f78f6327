import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Listeners } from '#shared/contract/live';
import { addressesOf, isLoopback, listensAt } from '#shared/model/listener';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { navigate } from '../../store/navigate';
import { useWords } from '../../text/useWords';
import { AskOnce } from '../../ui/AskOnce';
import { ErrorNote } from '../../ui/ErrorNote';
import { everywhere, named } from '../../ui/where';
import { DownloadTests } from './DownloadTests';
import classes from './Upgrades.module.css';

type Blocked = 'off' | 'loopback' | 'elsewhere';

/** Why connected machines could not download a package; `null`: they can. */
function blockedBy({ machines, updates }: Listeners): Blocked | null {
  if (updates.status !== 'listening') return 'off';
  if (machines.status !== 'listening') return null;
  const reached = addressesOf(machines).flatMap(({ status, host }) => (status === 'listening' ? host : []));
  if (everywhere.includes(updates.host) || reached.every((host) => listensAt(updates, host))) return null;
  return isLoopback(updates.host) ? 'loopback' : 'elsewhere';
}

/** Whether machines can download offered packages, from the listeners' addresses and a test download. */
export function Reachability() {
  return (
    <>
      <Blocking />
      <DownloadTests />
    </>
  );
}

/** Warns when machines can't reach the download listener, and offers the fix. */
function Blocking() {
  const { t } = useWords();
  const listeners = useCrema((s) => s.listeners);
  const adapters = useCrema((s) => s.adapters);
  const listen = useRequest('listen');
  const { machines, updates } = listeners;
  const blocked = blockedBy(listeners);
  if (blocked === null) return null;
  const where = updates.status === 'off' ? '' : named(updates.host, updates.port, adapters);
  const host = blocked !== 'off' && machines.status === 'listening' ? machines.host : null;
  const port = updates.status === 'off' ? null : updates.port;
  return (
    <div className={classes['blocked']} role="alert">
      <IconAlertTriangle size={16} aria-hidden />
      <p>
        {blocked === 'elsewhere'
          ? t('upgrades.blocked.elsewhere', { where, machines: host ?? '' })
          : t(`upgrades.blocked.${blocked}`, { where })}
      </p>
      <div className={classes['blockedActions']}>
        {host !== null && port !== null && (
          <AskOnce
            label={
              everywhere.includes(host)
                ? t('upgrades.blocked.listenAll')
                : t('upgrades.blocked.listen', { host })
            }
            question={t('upgrades.blocked.listenAsk')}
            busy={listen.busy}
            onYes={() => void listen.run({ which: 'updates', host, port })}
          />
        )}
        <Button variant="default" onClick={() => navigate({ screen: 'settings', page: 'listen' })}>
          {t('upgrades.blocked.settings')}
        </Button>
      </div>
      <ErrorNote error={listen.error} />
    </div>
  );
}
