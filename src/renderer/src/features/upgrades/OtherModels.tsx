import type { UpgradePackage } from '#shared/model/upgrade';
import { useCrema } from '../../store';
import { otherModels } from '../../store/packageUses';
import { useWords } from '../../text/useWords';
import screen from './Upgrades.module.css';

/** Named at most. */
const most = 8;

/** Recipes of one machine may not fit another model: which machines those are. */
export function OtherModels({ pkg: { origin } }: { readonly pkg: UpgradePackage }) {
  const { t } = useWords();
  const machines = useCrema((s) => s.machines);
  if (origin === null) return null;
  const { vmcNo, model } = origin;
  const others = otherModels(origin, machines.values());
  const list = others
    .slice(0, most)
    .map((row) => `${row.vmcNo} (${row.model})`)
    .join(t('packages.comma'));
  return (
    <>
      <p className={screen['note']}>
        {model === '' ? t('packages.originNoModel', { vmcNo }) : t('packages.origin', { vmcNo, model })}
      </p>
      {others.length > 0 && (
        <p className={screen['note']} data-missing role="note">
          {t('packages.otherModels', { count: others.length, list })}
          {others.length > most && ' …'}
        </p>
      )}
    </>
  );
}
