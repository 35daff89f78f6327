import { Button, Radio } from '@mantine/core';
import { useState } from 'react';
import type { Platform } from '#shared/model/machine';
import type { UpgradePackage } from '#shared/model/upgrade';
import { broughtBy, hasVersion } from '#shared/model/version';
import { useCrema } from '../../../../store';
import { navigate } from '../../../../store/navigate';
import { fileError } from '../../../../store/packageUses';
import { onlyFitting, unfit, versionFor } from '../../../../store/upgrades';
import { versionWords } from '../../../../text/versionWords';
import type { Words } from '../../../../text/words';
import { useWords } from '../../../../text/useWords';
import { Boundary } from '../../../../ui/Boundary';
import { WarningNote } from '../../../../ui/WarningNote';
import { AskFoot } from './AskFoot';
import type { FormProps } from './types';
import classes from './Ask.module.css';

/** Why this machine can't use the package, in words; `null`: it can. */
function unfitWords(words: Words, pack: UpgradePackage, platform: Platform | null): string | null {
  const why = unfit(pack, platform);
  const platformName = pack.platform === null ? '' : words.platform(pack.platform);
  return why === null ? null : words.t(`command.upgrade.form.${why}`, { platform: platformName });
}

export function UpgradeForm({ row, input, yes, onSend, onCancel, busy, error }: FormProps) {
  const words = useWords();
  const { t } = words;
  const packages = useCrema((s) => s.packages);
  const spoilt = useCrema((s) => s.spoiltPackages);
  const { platform } = row;
  const now = versionFor(null, row);
  const fitting = packages.filter((pack) => unfit(pack, platform) === null);
  const [chosen, setChosen] = useState<string | null>(() => {
    const wanted = input?.['packageId'];
    return typeof wanted === 'string' ? wanted : null;
  });
  // A removed package is not replaced with a package that the user did not choose.
  const pack =
    chosen === null ? onlyFitting(packages, platform) : (fitting.find(({ id }) => id === chosen) ?? null);
  const packageError = pack === null ? null : fileError(spoilt, pack.id);
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (pack !== null) void onSend({ packageId: pack.id });
      }}
    >
      <p>
        {now.known
          ? t('command.upgrade.form.from', { version: now.version })
          : now.why === 'notReported'
            ? t('command.upgrade.form.fromUnknown')
            : t('command.upgrade.form.fromDoubt', { what: versionWords(words, now) })}
      </p>
      {fitting.length === 0 && <p>{t('command.upgrade.form.none')}</p>}
      {fitting.length > 0 && pack === null && chosen !== null && (
        <p role="status">{t('command.upgrade.form.gone')}</p>
      )}
      <Radio.Group
        label={t('command.upgrade.form.packages')}
        value={pack?.id ?? null}
        onChange={setChosen}
        className={classes['packages']}
      >
        {packages.map((each) => (
          <Boundary key={each.id} as="row" where={`package ${each.id} of the question`} of={each}>
            <Choice
              pack={each}
              why={unfitWords(words, each, platform)}
              same={hasVersion(broughtBy(each), row).has === 'has'}
            />
          </Boundary>
        ))}
      </Radio.Group>
      {packageError !== null && <WarningNote role="alert">{t(`upgrades.error.${packageError}`)}</WarningNote>}
      <AskFoot
        yes={yes ?? t('command.upgrade.send')}
        ready={pack !== null}
        autoFocus={pack !== null}
        busy={busy}
        error={error}
        onCancel={onCancel}
      >
        {fitting.length === 0 && (
          <Button variant="default" onClick={() => navigate({ screen: 'upgrades' })}>
            {t('control.toUpgrades')}
          </Button>
        )}
      </AskFoot>
    </form>
  );
}

interface ChoiceProps {
  readonly pack: UpgradePackage;
  /** Why the machine can't use the package. */
  readonly why: string | null;
  /** The machine already runs this version. */
  readonly same: boolean;
}
function Choice({ pack: { id, version, fileName, size, addedAt }, why, same }: ChoiceProps) {
  const words = useWords();
  const { t } = words;
  const facts = t('command.upgrade.form.size', { size: words.bytes(size), date: words.date(addedAt) });
  return (
    <Radio
      value={id}
      disabled={why !== null}
      size="xs"
      label={version === '' ? fileName : `${version} · ${fileName}`}
      description={why ?? (same ? `${facts} · ${t('command.upgrade.form.same')}` : facts)}
    />
  );
}
