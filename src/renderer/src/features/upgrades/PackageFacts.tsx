import { Button, Collapse, SegmentedControl, Select, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconDownload, IconTable } from '@tabler/icons-react';
import { useId, useState, type ReactNode } from 'react';
import type { PackagePatch } from '#shared/contract/requests/packages';
import { longestName, longestNotes } from '#shared/limits';
import {
  androidPackageTypes,
  isSeenAtLogin,
  type GuessReason,
  type UpgradePackage,
} from '#shared/model/upgrade';
import { useRequest } from '../../bridge/request';
import { useCrema, useRunning } from '../../store';
import { fileError, isOffered } from '../../store/packageUses';
import { isFlag, useRemembered } from '../../store/remembered';
import { androidTypeWords } from '../../text/upgradeWords';
import { useWords } from '../../text/useWords';
import type { Words } from '../../text/words';
import { ErrorNote } from '../../ui/ErrorNote';
import { WarningNote } from '../../ui/WarningNote';
import { OtherModels } from './OtherModels';
import { OurUpdateXml } from './OurUpdateXml';
import { Field, noteBelow, TextField } from './PackageField';
import { hideKnownErrors, PackageMore } from './PackageMore';
import { RecipeDialog } from './RecipeDialog';
import { RemovePackage } from './RemovePackage';
import classes from './PackageFacts.module.css';
import screen from './Upgrades.module.css';

/** The facts of a package: those a person may edit, and those read from the file. */
export function PackageFacts({ pkg }: { readonly pkg: UpgradePackage }) {
  const words = useWords();
  const { t } = words;
  const { id, guessed } = pkg;
  const set = useRequest('changePackage');
  const save = useRequest('exportPackage');
  const busy = useCrema((s) => s.staging !== null);
  const [showsTables, setShowsTables] = useState(false);
  const change = async (patch: PackagePatch): Promise<boolean> => set.run({ id, patch });
  const running = useRunning();
  const frozen = useCrema((s) => isOffered(id, running, s.openRuns.values()));
  const error = useCrema((s) => fileError(s.spoiltPackages, id));
  return (
    <div className={classes['facts']}>
      {error !== null && <WarningNote role="alert">{t(`upgrades.error.${error}`)}</WarningNote>}
      {frozen && <p className={screen['note']}>{t('upgrades.frozen')}</p>}
      <fieldset disabled={frozen} className={classes['fields']}>
        <Field
          label={t('upgrades.platform')}
          note={
            pkg.platform === null ? t('upgrades.missing.platform') : platformNote(words, guessed.platform)
          }
          missing={pkg.platform === null}
        >
          {(label, note) => (
            <SegmentedControl
              aria-labelledby={label}
              aria-describedby={note}
              value={pkg.platform ?? ''}
              onChange={(platform) => {
                if (platform === 'linux' || platform === 'android') void change({ platform });
              }}
              data={(['linux', 'android'] as const).map((value) => ({ value, label: words.platform(value) }))}
            />
          )}
        </Field>
        <TextField
          label={t('upgrades.version')}
          value={pkg.version}
          longest={60}
          placeholder={t('upgrades.versionPlaceholder')}
          note={(typed) => versionNote(words, pkg, typed)}
          onKeep={(version) => change({ version })}
        />
        {pkg.platform === 'android' && (
          <Field label={t('upgrades.androidType')}>
            {(label) => (
              <Select
                {...noteBelow(
                  t(isSeenAtLogin(pkg) ? 'upgrades.androidTypeNote' : 'upgrades.androidTypeUnproved'),
                  false,
                )}
                classNames={{ wrapper: classes['short'] ?? '' }}
                aria-labelledby={label}
                allowDeselect={false}
                value={pkg.androidType ?? 'none'}
                onChange={(value) =>
                  void change({ androidType: androidPackageTypes.find((type) => type === value) ?? null })
                }
                data={[...androidPackageTypes, null].map((type) => ({
                  value: type ?? 'none',
                  label: androidTypeWords({ t }, type),
                }))}
              />
            )}
          </Field>
        )}
      </fieldset>
      <TextField
        label={t('packages.label')}
        value={pkg.label}
        longest={longestName}
        placeholder={t('packages.labelPlaceholder')}
        onKeep={(label) => change({ label })}
      />
      <TextField
        label={t('packages.notes')}
        value={pkg.notes}
        longest={longestNotes}
        lines
        onKeep={(notes) => change({ notes })}
      />
      <OtherModels pkg={pkg} />
      <ErrorNote error={set.error ?? hideKnownErrors(save.error)} />
      {pkg.platform === 'linux' && (
        <Part label={t('packages.ourXml')} name="ourUpdateXml">
          <OurUpdateXml pkg={pkg} frozen={frozen} onChange={change} />
        </Part>
      )}
      <Part label={t('packages.more')} name="packageMore">
        <PackageMore pkg={pkg} />
      </Part>
      <div className={classes['factsFoot']}>
        {pkg.androidType === 'recipe' && (
          <Button
            variant="default"
            leftSection={<IconTable size={14} />}
            onClick={() => setShowsTables(true)}
          >
            {t('packages.tables')}
          </Button>
        )}
        <Button
          variant="default"
          leftSection={<IconDownload size={14} />}
          disabled={busy && !save.busy}
          loading={save.busy}
          onClick={() => void save.run({ id })}
        >
          {t('packages.export')}
        </Button>
        <RemovePackage pkg={pkg} />
      </div>
      {showsTables && <RecipeDialog pkg={pkg} onClose={() => setShowsTables(false)} />}
    </div>
  );
}

const guessWords = ({ t }: Words, reason: GuessReason | null): string | null =>
  reason === null ? null : t(`packages.guessed.${reason.by}`, { text: reason.text });

function platformNote(words: Words, reason: GuessReason | null): string {
  if (reason?.by === 'updateXml') return words.t('packages.readsXml');
  return guessWords(words, reason) ?? words.t('upgrades.platformNote');
}

function versionNote(words: Words, pkg: UpgradePackage, typed: string) {
  const { t } = words;
  const { version, guessed } = pkg;
  if (!isSeenAtLogin(pkg)) return { text: t('packages.versionUnseen'), missing: false };
  if (typed.trim() === '') return { text: t('upgrades.missing.version'), missing: true };
  const why = typed === version ? guessWords(words, guessed.version) : null;
  const note = t('upgrades.versionNote');
  return { text: why === null ? note : t('packages.sentences', { a: why, b: note }), missing: false };
}

interface PartProps {
  readonly label: string;
  /** Under which it is remembered whether it is open. */
  readonly name: string;
  readonly children: ReactNode;
}

/** A part that opens. */
function Part({ label, name, children }: PartProps) {
  const [open, setOpen] = useRemembered(name, false, isFlag);
  const id = useId();
  return (
    <div>
      <UnstyledButton
        className={classes['disclosure']}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {open ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
        {label}
      </UnstyledButton>
      <Collapse id={id} expanded={open} transitionDuration={0}>
        {open && children}
      </Collapse>
    </div>
  );
}
