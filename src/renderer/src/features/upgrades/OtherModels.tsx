import type { MachineRow } from '#shared/model/machine';
import type { UpgradePackage } from '#shared/model/upgrade';
import { useCrema } from '../../store';
import { otherModels } from '../../store/packageUses';
import type { T } from '../../text/t';
import { useWords } from '../../text/useWords';
import screen from './Upgrades.module.css';

/** Machines listed by name. */
const most = 8;

/** Recipes of one machine may not fit other models: lists those machines. */
export function OtherModels({ pkg: { origin } }: { readonly pkg: UpgradePackage }) {
  const { t } = useWords();
  const machines = useCrema((s) => s.machines);
  if (origin === null) return null;
  const { vmcNo, model } = origin;
  const others = otherModels(origin, machines.values());
  return (
    <>
      <p className={screen['note']}>
        {model === '' ? t('packages.originNoModel', { vmcNo }) : t('packages.origin', { vmcNo, model })}
      </p>
      {others.length > 0 && (
        <p className={screen['note']} data-missing>
          {t('packages.otherModels', { count: others.length, list: named(t, others) })}
        </p>
      )}
    </>
  );
}

interface ChosenModelsProps {
  readonly pkg: UpgradePackage | null;
  readonly chosen: readonly number[];
}

/** The same for the chosen machines. */
export function ChosenModels({ pkg, chosen }: ChosenModelsProps) {
  const { t } = useWords();
  const machines = useCrema((s) => s.machines);
  if (pkg?.origin == null) return null;
  const rows = chosen.flatMap((vmcNo) => machines.get(vmcNo) ?? []);
  const others = otherModels(pkg.origin, rows);
  if (others.length === 0) return null;
  const list = named(t, others);
  return (
    <p className={screen['note']} data-missing role="status">
      {t('packages.modelsChosen', { count: others.length, list })}
    </p>
  );
}

function named(t: T, rows: readonly MachineRow[]): string {
  const all = rows
    .slice(0, most)
    .map(({ vmcNo, model }) => t('packages.aside', { text: vmcNo, more: model }));
  return `${all.join(t('packages.comma'))}${rows.length > most ? ' …' : ''}`;
}
