import { Collapse, SegmentedControl, Select, TextInput, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconTrash } from '@tabler/icons-react';
import { useId, useState, type ReactNode } from 'react';
import type { PackagePatch } from '#shared/contract/packageRequests';
import {
  androidPackageTypes,
  isSeenAtLogin,
  packagePathStyles,
  type UpgradePackage,
} from '#shared/model/upgrade';
import { useRequest } from '../../bridge/request';
import { useRunning } from '../../store';
import { androidTypeWords } from '../../text/upgradeWords';
import { useWords } from '../../text/useWords';
import { AskOnce } from '../../ui/AskOnce';
import { CopyButton } from '../../ui/Copyable';
import { ErrorNote } from '../../ui/ErrorNote';
import { KeyValue, KeyValues } from '../../ui/KeyValue';
import classes from './PackageFacts.module.css';
import screen from './Upgrades.module.css';

/** The facts of a package: those a person may edit, and those read from the file. */
export function PackageFacts({ pkg }: { readonly pkg: UpgradePackage }) {
  const { t } = useWords();
  const { id } = pkg;
  const set = useRequest('changePackage');
  const remove = useRequest('removePackage');
  const [open, setOpen] = useState(false);
  const more = useId();
  const change = async (patch: PackagePatch): Promise<boolean> => set.run({ id, patch });
  const running = useRunning();
  const frozen = running.some(({ input }) => input['packageId'] === id);
  return (
    <div className={classes['facts']}>
      {frozen && <p className={screen['note']}>{t('upgrades.frozen')}</p>}
      <fieldset disabled={frozen} className={classes['fields']}>
        <Field
          label={t('upgrades.platform')}
          note={pkg.platform === null ? t('upgrades.missing.platform') : t('upgrades.platformNote')}
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
              data={['linux', 'android']}
            />
          )}
        </Field>
        <VersionField pkg={pkg} onChange={change} />
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
      <ErrorNote error={set.error ?? remove.error} />
      <div className={classes['factsFoot']}>
        <UnstyledButton
          className={classes['disclosure']}
          aria-expanded={open}
          aria-controls={more}
          onClick={() => setOpen(!open)}
        >
          {open ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
          {t('upgrades.more')}
        </UnstyledButton>
        <AskOnce
          label={t('upgrades.remove')}
          icon={<IconTrash size={14} />}
          question={t('upgrades.removeAsk', { file: pkg.fileName })}
          busy={remove.busy}
          onYes={() => void remove.run({ id })}
        />
      </div>
      <Collapse id={more} expanded={open} transitionDuration={0}>
        {open && <PackageContents pkg={pkg} onChange={change} />}
      </Collapse>
    </div>
  );
}

interface PartProps {
  readonly pkg: UpgradePackage;
  readonly onChange: (patch: PackagePatch) => Promise<boolean>;
}

/** Kept on Enter or when the field is left; Escape leaves it as it was. */
function VersionField({ pkg, onChange }: PartProps) {
  const { t } = useWords();
  const [typed, setTyped] = useState<string | null>(null);
  const keep = async (): Promise<void> => {
    if (typed === null) return;
    const version = typed.trim();
    if (version === pkg.version || (await onChange({ version }))) setTyped(null);
  };
  const missing = (typed ?? pkg.version).trim() === '';
  return (
    <Field label={t('upgrades.version')}>
      {(label) => (
        <TextInput
          {...noteBelow(missing ? t('upgrades.missing.version') : t('upgrades.versionNote'), missing)}
          classNames={{ wrapper: classes['short'] ?? '' }}
          aria-labelledby={label}
          maxLength={60}
          placeholder={t('upgrades.versionPlaceholder')}
          value={typed ?? pkg.version}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={() => void keep()}
          onKeyDown={(event) => {
            if (event.key === 'Enter') void keep();
            if (event.key === 'Escape') setTyped(null);
          }}
        />
      )}
    </Field>
  );
}

function PackageContents({ pkg, onChange }: PartProps) {
  const words = useWords();
  const { t } = words;
  return (
    <div className={screen['stack']}>
      <KeyValues>
        <KeyValue label={t('upgrades.size')}>
          {words.bytes(pkg.size)} <span className="dim">({words.number(pkg.size)} B)</span>
        </KeyValue>
        <KeyValue label={t('upgrades.contents')}>
          {t('upgrades.unpacked', { count: pkg.members, size: words.bytes(pkg.unpackedSize) })}
        </KeyValue>
        <KeyValue label={t('upgrades.added')}>{words.dateTime(pkg.addedAt)}</KeyValue>
        <KeyValue label={t('upgrades.sha256')}>
          <span className="mono">{pkg.id}</span>{' '}
          <CopyButton text={() => pkg.id} what={t('upgrades.sha256')} />
        </KeyValue>
        <KeyValue label={t('upgrades.md5')}>
          <span className="mono">{pkg.md5}</span> <CopyButton text={() => pkg.md5} what={t('upgrades.md5')} />
        </KeyValue>
      </KeyValues>
      {pkg.platform === 'linux' && (
        <Field label={t('upgrades.pathStyle')} note={t('upgrades.pathStyleNote')}>
          {(label, note) => (
            <SegmentedControl
              aria-labelledby={label}
              aria-describedby={note}
              value={pkg.pathStyle}
              onChange={(pathStyle) => void onChange({ pathStyle })}
              data={packagePathStyles.map((style) => ({
                value: style,
                label: t(`upgrades.pathStyles.${style}`),
              }))}
            />
          )}
        </Field>
      )}
    </div>
  );
}

/** A remark under an input that a screen reader reads with it. */
const noteBelow = (note: string, missing: boolean) => ({
  inputWrapperOrder: ['label' as const, 'input' as const, 'description' as const, 'error' as const],
  description: (
    <span className={screen['note']} data-missing={missing || undefined}>
      {note}
    </span>
  ),
});

interface FieldProps {
  readonly label: string;
  /** Under what has no remark of its own. */
  readonly note?: string;
  readonly missing?: boolean;
  readonly children: (labelId: string, noteId: string) => ReactNode;
}
function Field({ label, note, missing = false, children }: FieldProps) {
  const id = useId();
  return (
    <div className={classes['field']}>
      <span id={id} className="dim">
        {label}
      </span>
      <div>
        {children(id, `${id}-note`)}
        {note !== undefined && (
          <p id={`${id}-note`} className={screen['note']} data-missing={missing || undefined}>
            {note}
          </p>
        )}
      </div>
    </div>
  );
}
