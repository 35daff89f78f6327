import { Button, TextInput } from '@mantine/core';
import { IconFileZip } from '@tabler/icons-react';
import { useEffect } from 'react';
import { readChecksum } from '#shared/checksum';
import type { UpgradePackage } from '#shared/model/upgrade';
import {
  choosePackage,
  expectChecksum,
  goneOnWith,
  useTaking,
  type RefusedPackage,
} from '../../bridge/taking';
import { useCrema } from '../../store';
import { fileError } from '../../store/packageUses';
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

/** The list of packages; one is selected, and its missing facts are listed beside it. */
export function Packages({ packages, chosen, onChoose }: PackagesProps) {
  const { t } = useWords();
  const staging = useCrema((s) => s.staging);
  const isUnread = useCrema((s) =>
    s.fileDamage.some(({ what, file }) => what === 'unread' && file === 'packages'),
  );
  const { expected, busy, refused, taken } = useTaking();
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
            <StagingLine staging={staging} />
          </Boundary>
        )}
        {refused.map((one) => (
          <Refused key={one.id} refused={one} />
        ))}
        {packages.length === 0 && staging === null && (
          <EmptyNote title={t(isUnread ? 'upgrades.unread' : 'upgrades.none')} text={t('upgrades.noneText')}>
            {button}
          </EmptyNote>
        )}
        <TextInput
          size="xs"
          label={t('packages.expectedNext')}
          placeholder={t('packages.expectedPlaceholder')}
          maxLength={200}
          value={expected}
          error={
            expected.trim() !== '' && readChecksum(expected) === null ? t('error.checksumOdd') : undefined
          }
          onChange={(event) => expectChecksum(event.currentTarget.value)}
        />
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
        <Space />
      </div>
    </Panel>
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
  const facts = [
    pkg.platform === null ? null : words.platform(pkg.platform),
    pkg.version === '' ? null : t('upgrades.versionLine', { version: pkg.version }),
    words.bytes(pkg.size),
  ].filter((fact) => fact !== null);
  return (
    <button type="button" className={classes['package']} aria-pressed={chosen} onClick={onChoose}>
      <span className={classes['fileName']}>
        {pkg.label !== '' && <span className={classes['label']}>{pkg.label}</span>}
        {pkg.fileName}
      </span>
      <span className={classes['readiness']} data-ready={lacks.length === 0 || undefined}>
        <StateShape status={lacks.length === 0 ? 'online' : 'warning'} size={12} decorative />{' '}
        {lacks.length === 0 ? t('upgrades.ready') : lacks.join(' ')}
      </span>
      <span className={classes['packageFacts']}>{facts.join(' · ')}</span>
    </button>
  );
}
