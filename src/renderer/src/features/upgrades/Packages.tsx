import { Button } from '@mantine/core';
import { IconFileZip } from '@tabler/icons-react';
import { useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { UpgradePackage } from '#shared/model/upgrade';
import { request } from '../../bridge/request';
import { useCrema } from '../../store';
import { missingOf } from '../../store/upgrades';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { EmptyNote } from '../../ui/EmptyNote';
import { ErrorNote } from '../../ui/ErrorNote';
import { Panel } from '../../ui/Panel';
import { StateShape } from '../../ui/StateShape';
import { PackageFacts } from './PackageFacts';
import { StagingLine } from './StagingLine';
import classes from './Packages.module.css';
import screen from './Upgrades.module.css';

interface PackagesProps {
  /** Newest first. */
  readonly packages: readonly UpgradePackage[];
  readonly chosen: UpgradePackage | null;
  readonly onChoose: (id: string) => void;
}

/** The list of packages; one is selected, and its missing facts are named beside it. */
export function Packages({ packages, chosen, onChoose }: PackagesProps) {
  const { t } = useWords();
  const staging = useCrema((s) => s.staging);
  const [error, setError] = useState<AppError | null>(null);
  const [choosing, setChoosing] = useState(false);
  const choose = async (): Promise<void> => {
    setError(null);
    setChoosing(true);
    const reply = await request('choosePackage', undefined);
    setChoosing(false);
    if (reply.ok) {
      if (reply.value !== null) onChoose(reply.value.id);
      // A cancel by the person is not reported as an error.
    } else if (reply.error.params['reason'] !== 'cancelled') setError(reply.error);
  };
  const button = (
    <Button
      leftSection={<IconFileZip size={14} />}
      {...(packages.length > 0 && { variant: 'default', size: 'compact-xs' })}
      loading={choosing && staging === null}
      disabled={staging !== null}
      onClick={() => void choose()}
    >
      {t('upgrades.choose')}
    </Button>
  );
  return (
    <Panel title={t('upgrades.packages')} aside={packages.length > 0 && button}>
      <div className={screen['stack']}>
        {staging !== null && (
          <Boundary as="row" where="package that is read in" of={staging}>
            <StagingLine staging={staging} />
          </Boundary>
        )}
        <ErrorNote error={error} />
        {packages.length === 0 && staging === null && (
          <EmptyNote title={t('upgrades.none')} text={t('upgrades.noneText')}>
            {button}
          </EmptyNote>
        )}
        {packages.length > 0 && (
          <ul className={classes['packages']} aria-label={t('upgrades.packages')}>
            {packages.map((pkg) => (
              <li key={pkg.id} data-chosen={pkg.id === chosen?.id || undefined}>
                <Boundary where={`package ${pkg.id}`} of={pkg}>
                  <PackageButton pkg={pkg} chosen={pkg.id === chosen?.id} onChoose={() => onChoose(pkg.id)} />
                  {pkg.id === chosen?.id && <PackageFacts key={pkg.id} pkg={pkg} />}
                </Boundary>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  );
}

interface PackageButtonProps {
  readonly pkg: UpgradePackage;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}
function PackageButton({ pkg, chosen, onChoose }: PackageButtonProps) {
  const words = useWords();
  const { t } = words;
  const missing = missingOf(pkg);
  const facts = [
    pkg.platform,
    pkg.version === '' ? null : t('upgrades.versionLine', { version: pkg.version }),
    words.bytes(pkg.size),
  ].filter((fact) => fact !== null);
  return (
    <button type="button" className={classes['package']} aria-pressed={chosen} onClick={onChoose}>
      <span className={classes['fileName']}>{pkg.fileName}</span>
      <span className={classes['readiness']} data-ready={missing.length === 0 || undefined}>
        <StateShape status={missing.length === 0 ? 'online' : 'warning'} size={12} decorative />{' '}
        {missing.length === 0
          ? t('upgrades.ready')
          : missing.map((what) => t(`upgrades.missing.${what}Short`)).join(' ')}
      </span>
      <span className={classes['packageFacts']}>{facts.join(' · ')}</span>
    </button>
  );
}
