import { Button } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { UpgradePackage } from '#shared/model/upgrade';
import { useCrema } from '../../store';
import { fileError } from '../../store/packageUses';
import { missingOf } from '../../store/upgrades';
import { packageFacts } from '../../text/upgradeWords';
import { useWords } from '../../text/useWords';
import { Panel } from '../../ui/Panel';
import { PackageFacts } from './PackageFacts';
import classes from './Packages.module.css';

/** The chosen package. Its details are open if something is missing, or on request. */
export function ChosenPackage({ pkg }: { readonly pkg: UpgradePackage }) {
  const words = useWords();
  const { t } = words;
  const error = useCrema((s) => fileError(s.spoiltPackages, pkg.id));
  const needsWork = missingOf(pkg).length > 0 || error !== null;
  const [chosen, setChosen] = useState<boolean | null>(null);
  // Details that were open stay open when the last fact is filled in.
  const [opened, setOpened] = useState(needsWork);
  if (needsWork && !opened) setOpened(true);
  const isOpen = chosen ?? opened;
  return (
    <Panel
      title={t('packages.chosen')}
      aside={
        <Button
          variant="default"
          aria-expanded={isOpen}
          leftSection={
            isOpen ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />
          }
          onClick={() => setChosen(!isOpen)}
        >
          {t('packages.details')}
        </Button>
      }
    >
      <p className={classes['chosen']} title={pkg.fileName}>
        <strong>{pkg.label || pkg.fileName}</strong> <span className="dim">{packageFacts(words, pkg)}</span>
      </p>
      {isOpen && <PackageFacts pkg={pkg} />}
    </Panel>
  );
}
