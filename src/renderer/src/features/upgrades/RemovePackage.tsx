import { IconTrash } from '@tabler/icons-react';
import type { UpgradePackage } from '#shared/model/upgrade';
import { useRequest } from '../../bridge/request';
import { useCrema, useRunning } from '../../store';
import { usesOf } from '../../store/packageUses';
import { runTitle } from '../../text/runWords';
import { useWords } from '../../text/useWords';
import { AskOnce } from '../../ui/AskOnce';
import { ErrorNote } from '../../ui/ErrorNote';
import screen from './Upgrades.module.css';

/** Removes a package. Current uses prevent this, and are listed. */
export function RemovePackage({ pkg }: { readonly pkg: UpgradePackage }) {
  const words = useWords();
  const { t } = words;
  const { id } = pkg;
  const remove = useRequest('removePackage');
  const running = useRunning();
  const transfers = useCrema((s) => s.transfers);
  const runs = useCrema((s) => s.openRuns);
  const busy = useCrema((s) => s.staging !== null);
  const { fetching, waiting, given } = usesOf(id, running, transfers, [...runs.values()]);
  const list = (numbers: readonly number[]): string => numbers.join(t('packages.comma'));
  const breaks = [
    ...(fetching.length > 0
      ? [t('packages.usedFetching', { count: fetching.length, list: list(fetching) })]
      : []),
    ...(waiting.length > 0
      ? [t('packages.usedWaiting', { count: waiting.length, list: list(waiting) })]
      : []),
    ...given.map((run) => t('packages.usedRun', { run: runTitle(words, run) })),
  ];
  const usage =
    breaks.length === 0
      ? null
      : breaks.reduce<string>((a, b) => (a === '' ? b : t('packages.sentences', { a, b })), '');
  return (
    <>
      <AskOnce
        label={t('upgrades.remove')}
        icon={<IconTrash size={14} />}
        question={t('upgrades.removeAsk', { file: pkg.fileName })}
        impossible={usage !== null ? usage : busy ? t('error.packageBusy') : null}
        busy={remove.busy}
        onYes={() => void remove.run({ id })}
      />
      {usage !== null && (
        <p className={screen['note']}>{t('packages.sentences', { a: t('packages.usedLead'), b: usage })}</p>
      )}
      <ErrorNote error={remove.error} />
    </>
  );
}
