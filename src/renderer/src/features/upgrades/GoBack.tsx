import { Button, Group } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { Run, StartedRuns, WayBack } from '#shared/model/run';
import { request } from '../../bridge/request';
import { useCrema } from '../../store';
import { appErrorWords } from '../../text/appErrorWords';
import { runTitle } from '../../text/runWords';
import type { Words } from '../../text/words';
import { useWords } from '../../text/useWords';
import { Dialog } from '../../ui/Dialog';
import { PlanChanges } from '../../ui/PlanChanges';
import { ErrorNote } from '../../ui/ErrorNote';
import screen from './Upgrades.module.css';

interface GoBackProps {
  readonly run: Run;
  readonly onClose: () => void;
}

/** The earlier package of each machine in a rollout, and machines without one; one confirmation for all. */
export function GoBack({ run, onClose }: GoBackProps) {
  const words = useWords();
  const { t } = words;
  const packages = useCrema((s) => s.packages);
  const [way, setWay] = useState<WayBack | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [busy, setBusy] = useState(false);
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
  const [started, setStarted] = useState<StartedRuns | null>(null);
  const go = async (): Promise<void> => {
    if (way === null) return;
    const groups = way.groups.map(({ packageId, machines, leftOut }) => ({
      packageId,
      machines: [...machines],
      leftOut: [...leftOut],
    }));
    setBusy(true);
    const reply = await request('goBack', { run: run.id, groups });
    setBusy(false);
    if (!reply.ok) {
      setError(reply.error);
      return;
    }
    if (reply.value.changed.length === 0) onClose();
    else setStarted(reply.value);
  };
  const shown = started === null ? way : null;
  const nameOf = (id: string): string => {
    const pkg = packages.find((one) => one.id === id);
    return pkg === undefined
      ? id.slice(0, 12)
      : t('packages.aside', { text: pkg.version, more: pkg.fileName });
  };
  const count = way?.groups.reduce((sum, { machines }) => sum + machines.length, 0) ?? 0;
  return (
    <Dialog title={t('upgrades.back.title', { what: runTitle(words, run) })} size={560} onClose={onClose}>
      <div className={screen['stack']}>
        {started !== null && (
          <PlanChanges
            steps={run.steps}
            isStarted={started.runs.length > 0}
            changed={started.changed}
            onClose={onClose}
          />
        )}
        {way === null && error === null && <p className="dim">{t('upgrades.back.looking')}</p>}
        {shown?.groups.map(({ packageId, machines }) => (
          <p key={packageId}>
            <strong>{t('upgrades.back.gets', { what: nameOf(packageId), count: machines.length })}</strong>{' '}
            <span className="dim tabular">{machinesWords(machines)}</span>
          </p>
        ))}
        {shown !== null &&
          reasonsOf(words, shown).map(({ why, machines }) => (
            <p key={why} className={screen['note']}>
              {why} <span className="tabular">{machinesWords(machines)}</span>
            </p>
          ))}
        {started === null && count > 0 && <p>{t('upgrades.back.ask', { count })}</p>}
        {way !== null && count === 0 && <p role="status">{t('upgrades.back.none')}</p>}
        <ErrorNote error={error} />
        {started === null && (
          <Group gap="sm" justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app.cancel')}
            </Button>
            <Button disabled={count === 0} loading={busy} onClick={() => void go()} data-autofocus>
              {t('upgrades.back.go', { count })}
            </Button>
          </Group>
        )}
      </div>
    </Dialog>
  );
}

/** More machines are only counted. */
const named = 12;
const machinesWords = (machines: readonly number[]): string =>
  machines.length > named ? `${machines.slice(0, named).join(' ')} …` : machines.join(' ');

interface Reason {
  readonly why: string;
  readonly machines: readonly number[];
}
/** Why machines get no package: there is no earlier one, or they can't use it now. */
function reasonsOf(words: Words, { groups, without }: WayBack): readonly Reason[] {
  const reasons = new Map<string, number[]>();
  const add = (vmcNo: number, why: string): void =>
    void reasons.set(why, [...(reasons.get(why) ?? []), vmcNo]);
  for (const { vmcNo, why, version } of without)
    add(vmcNo, words.t(`work.noWayBack.${why}`, { version: version ?? '' }));
  for (const { leftOut } of groups)
    for (const { vmcNo, error } of leftOut) add(vmcNo, appErrorWords(words, error));
  return [...reasons].map(([why, machines]) => ({ why, machines }));
}
