import { Button, Group } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { NoWayBack, Run, WayBack } from '#shared/model/run';
import { request, useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { runTitle } from '../../text/runWords';
import { useWords } from '../../text/useWords';
import { Dialog } from '../../ui/Dialog';
import { ErrorNote } from '../../ui/ErrorNote';
import screen from './Upgrades.module.css';

interface GoBackProps {
  readonly run: Run;
  readonly onClose: () => void;
}

/** Which package each machine of a rollout would get to have what it had before, and which can't; asked once for all. */
export function GoBack({ run, onClose }: GoBackProps) {
  const words = useWords();
  const { t } = words;
  const packages = useCrema((s) => s.packages);
  const [way, setWay] = useState<WayBack | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const back = useRequest('goBack');
  useEffect(() => {
    let isCurrent = true;
    const look = async (): Promise<void> => {
      const reply = await request('wayBack', { run: run.id });
      if (!isCurrent) return;
      if (reply.ok) setWay(reply.value);
      else setError(reply.error);
    };
    void look();
    return () => {
      isCurrent = false;
    };
  }, [run.id]);
  const go = async (): Promise<void> => {
    if (await back.run({ run: run.id })) onClose();
  };
  const nameOf = (id: string): string => {
    const pkg = packages.find((one) => one.id === id);
    return pkg === undefined ? id.slice(0, 12) : `${pkg.version} (${pkg.fileName})`;
  };
  const count = way?.groups.reduce((sum, { machines }) => sum + machines.length, 0) ?? 0;
  return (
    <Dialog title={t('upgrades.back.title', { what: runTitle(words, run) })} size={560} onClose={onClose}>
      <div className={screen['stack']}>
        {way === null && error === null && <p className="dim">{t('upgrades.back.looking')}</p>}
        {way?.groups.map(({ packageId, machines }) => (
          <p key={packageId}>
            <strong>{t('upgrades.back.gets', { what: nameOf(packageId), count: machines.length })}</strong>{' '}
            <span className="dim tabular">{machinesWords(machines)}</span>
          </p>
        ))}
        {way !== null &&
          reasonsOf(way).map(({ why, version, machines }) => (
            <p key={`${why} ${version}`} className={screen['note']}>
              {t(`work.noWayBack.${why}`, { version })}{' '}
              <span className="tabular">{machinesWords(machines)}</span>
            </p>
          ))}
        {count > 0 && <p>{t('upgrades.back.ask', { count })}</p>}
        {way !== null && count === 0 && <p role="status">{t('upgrades.back.none')}</p>}
        <ErrorNote error={error ?? back.error} />
        <Group gap="xs" justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button disabled={count === 0} loading={back.busy} onClick={() => void go()} data-autofocus>
            {t('upgrades.back.go', { count })}
          </Button>
        </Group>
      </div>
    </Dialog>
  );
}

/** More than these are counted. */
const named = 12;
const machinesWords = (machines: readonly number[]): string =>
  machines.length > named ? `${machines.slice(0, named).join(' ')} …` : machines.join(' ');

interface Reason {
  readonly why: NoWayBack;
  readonly version: string;
  readonly machines: readonly number[];
}
function reasonsOf({ without }: WayBack): readonly Reason[] {
  const reasons = new Map<string, Reason & { machines: number[] }>();
  for (const { vmcNo, why, version } of without) {
    const key = `${why} ${version ?? ''}`;
    const reason = reasons.get(key) ?? { why, version: version ?? '', machines: [] };
    reason.machines.push(vmcNo);
    reasons.set(key, reason);
  }
  return [...reasons.values()];
}
