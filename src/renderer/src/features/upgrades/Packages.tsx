import { Button, Select, TextInput } from '@mantine/core';
import { IconFileZip } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { readChecksum } from '#shared/checksum';
import type { UpgradePackage } from '#shared/model/upgrade';
import {
  choosePackage,
  expectChecksum,
  goneOnWith,
  useTaking,
  type RefusedPackage,
} from '../../bridge/taking';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { fileError } from '../../store/packageUses';
import { missingOf } from '../../store/upgrades';
import { useRemembered } from '../../store/remembered';
import { packageFacts } from '../../text/upgradeWords';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { EmptyNote } from '../../ui/EmptyNote';
import { ErrorNote } from '../../ui/ErrorNote';
import { Panel } from '../../ui/Panel';
import { SearchField } from '../../ui/SearchField';
import { StagingLine } from '../../ui/StagingLine';
import { StateShape } from '../../ui/StateShape';
import { isPackageSort, listedPackages, packageSorts, type PackageSort } from './packageList';
import classes from './Packages.module.css';
import screen from './Upgrades.module.css';

interface PackagesProps {
  readonly packages: readonly UpgradePackage[];
  readonly chosen: UpgradePackage | null;
  readonly onChoose: (id: string) => void;
}

/** The list of packages, with a search; one is selected. */
export function Packages({ packages, chosen, onChoose }: PackagesProps) {
  const { t } = useWords();
  const staging = useCrema((s) => s.staging);
  const cancel = useRequest('cancelStaging');
  const isUnread = useCrema((s) =>
    s.fileDamage.some(({ what, file }) => what === 'unread' && file === 'packages'),
  );
  const { busy, refused, taken, forMachine } = useTaking();
  const [typed, setTyped] = useState('');
  const [sort, setSort] = useRemembered<PackageSort>('packageSort', 'newest', isPackageSort);
  const list = useRef<HTMLUListElement>(null);
  const shown = listedPackages(packages, typed, sort);
  const isThere = packages.some(({ id }) => id === taken);
  // Selects a newly added package once, from any source, when the list has it.
  useEffect(() => {
    if (taken === null || !isThere) return;
    onChoose(taken);
    goneOnWith(taken);
  }, [taken, isThere, onChoose]);
  const button = (
    <Button
      leftSection={<IconFileZip size={14} />}
      {...(packages.length > 0 && { variant: 'default', size: 'compact-xs' })}
      loading={busy && staging === null}
      disabled={staging !== null}
      onClick={() => void choosePackage()}
    >
      {t('upgrades.choose')}
    </Button>
  );
  return (
    <Panel title={t('upgrades.packages')} aside={packages.length > 0 && button}>
      <div className={screen['stack']}>
        {staging !== null && (
          <Boundary as="row" where="package that is read in" of={staging}>
            <StagingLine staging={staging} cancel={cancel} />
          </Boundary>
        )}
        {forMachine === null && refused.map((one) => <Refused key={one.id} refused={one} />)}
        {packages.length === 0 && staging === null && (
          <EmptyNote title={t(isUnread ? 'upgrades.unread' : 'upgrades.none')} text={t('upgrades.noneText')}>
            {button}
          </EmptyNote>
        )}
        {packages.length > 1 && (
          <div className={classes['tools']}>
            <SearchField
              label={t('packages.searchLabel')}
              placeholder={t('packages.searchLabel')}
              clearLabel={t('packages.clearSearch')}
              value={typed}
              onChange={setTyped}
              onLeave={() => list.current?.querySelector('button')?.focus()}
            />
            <Select
              w={110}
              aria-label={t('packages.sort')}
              allowDeselect={false}
              data={packageSorts.map((value) => ({ value, label: t(`packages.sorts.${value}`) }))}
              value={sort}
              onChange={(value) => setSort(packageSorts.find((one) => one === value) ?? 'newest')}
            />
          </div>
        )}
        {packages.length > 0 && (
          <ul ref={list} className={classes['packages']} aria-label={t('upgrades.packages')}>
            {shown.map((pkg) => (
              <li key={pkg.id} data-chosen={pkg.id === chosen?.id || undefined}>
                <Boundary where={`package ${pkg.id}`} of={pkg}>
                  <PackageButton pkg={pkg} chosen={pkg.id === chosen?.id} onChoose={() => onChoose(pkg.id)} />
                </Boundary>
              </li>
            ))}
          </ul>
        )}
        {packages.length > 0 && shown.length === 0 && <p className="dim">{t('packages.noneFound')}</p>}
        <ExpectedChecksum />
        <Space />
      </div>
    </Panel>
  );
}

/** Compares the next package with a checksum; open only on request. */
function ExpectedChecksum() {
  const { t } = useWords();
  const { expected } = useTaking();
  const [isOpen, setOpen] = useState(false);
  if (!isOpen && expected === '')
    return (
      <div>
        <Button variant="subtle" className={classes['expect'] ?? ''} onClick={() => setOpen(true)}>
          {t('packages.expectNext')}
        </Button>
      </div>
    );
  return (
    <TextInput
      label={t('packages.expectedNext')}
      placeholder={t('packages.expectedPlaceholder')}
      maxLength={200}
      value={expected}
      error={expected.trim() !== '' && readChecksum(expected) === null ? t('error.checksumOdd') : undefined}
      onChange={(event) => expectChecksum(event.currentTarget.value)}
    />
  );
}

function Refused({ refused: { file, error } }: { readonly refused: RefusedPackage }) {
  return (
    <div>
      {file !== '' && error.params['file'] !== file && <p className={classes['fileName']}>{file}</p>}
      <ErrorNote error={error} />
    </div>
  );
}

/** [ours] Bytes: space for one or two packages. */
const little = 2 * 1024 ** 3;

/** Disk space for further packages. */
function Space() {
  const { t, bytes } = useWords();
  const space = useCrema((s) => s.packageSpace);
  if (space === null) return null;
  const free = Math.max(0, space.free - space.reserve);
  return (
    <p className={screen['note']} data-missing={free < little || undefined}>
      {t(free < little ? 'packages.spaceLittle' : 'packages.space', { free: bytes(free) })}
    </p>
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
  const missing = missingOf(pkg).map((what) => t(`upgrades.missing.${what}Short`));
  const error = useCrema((s) => fileError(s.spoiltPackages, pkg.id));
  const lacks = error === null ? missing : [t(`upgrades.error.${error}Short`)];
  return (
    <button type="button" className={classes['package']} aria-pressed={chosen} onClick={onChoose}>
      <span className={classes['fileName']} title={pkg.fileName}>
        {pkg.label !== '' && <span className={classes['label']}>{pkg.label}</span>}
        {pkg.fileName}
      </span>
      <span className={classes['packageFacts']}>
        <span className={classes['readiness']} data-ready={lacks.length === 0 || undefined}>
          <StateShape status={lacks.length === 0 ? 'online' : 'warning'} size={12} decorative />{' '}
          {lacks.length === 0 ? t('upgrades.ready') : lacks.join(' ')}
        </span>{' '}
        · {packageFacts(words, pkg)}
      </span>
    </button>
  );
}
