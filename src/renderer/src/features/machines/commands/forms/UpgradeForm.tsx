import { Button, Radio } from '@mantine/core';
import { useState } from 'react';
import type { UpgradePackage } from '#shared/model/upgrade';
import { broughtBy, hasVersion } from '#shared/model/version';
import { useCrema } from '../../../../store';
import { navigate } from '../../../../store/navigate';
import { fileError } from '../../../../store/packageUses';
import { packagesFor, versionFor } from '../../../../store/upgrades';
import { versionWords } from '../../../../text/versionWords';
import { useWords } from '../../../../text/useWords';
import { Boundary } from '../../../../ui/Boundary';
import { WarningNote } from '../../../../ui/WarningNote';
import { AskFoot } from './AskFoot';
import type { FormProps } from './types';
import classes from './Ask.module.css';

/** The packages that fit the machine. The newest is chosen, if the machine's program is known. */
export function UpgradeForm({ row, input, yes, onSend, onCancel, busy, error }: FormProps) {
  const words = useWords();
  const { t } = words;
  const packages = useCrema((s) => s.packages);
  const spoilt = useCrema((s) => s.spoiltPackages);
  const { platform } = row;
  const now = versionFor(null, row);
  const fitting = packagesFor(packages, platform);
  const [chosen, setChosen] = useState<string | null>(() => {
    const wanted = input?.['packageId'];
    return typeof wanted === 'string' ? wanted : null;
  });
  // A removed package is not replaced with a package that the user did not choose.
  const newest = platform === null ? null : (fitting[0] ?? null);
  const pack = chosen === null ? newest : (fitting.find(({ id }) => id === chosen) ?? null);
  const hidden = packages.length - fitting.length;
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
      {fitting.length > 0 && (
        <Radio.Group
          label={t('command.upgrade.form.packages')}
          value={pack?.id ?? null}
          onChange={setChosen}
          className={classes['packages']}
        >
          {fitting.map((each) => (
            <Boundary key={each.id} as="row" where={`package ${each.id} of the question`} of={each}>
              <Choice pack={each} same={hasVersion(broughtBy(each), row).has === 'has'} />
            </Boundary>
          ))}
        </Radio.Group>
      )}
      {hidden > 0 && <p className="dim">{t('command.upgrade.form.hidden', { count: hidden })}</p>}
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
  /** The machine already runs this version. */
  readonly same: boolean;
}
function Choice({ pack: { id, version, fileName, size, addedAt }, same }: ChoiceProps) {
  const words = useWords();
  const { t } = words;
  const facts = t('command.upgrade.form.size', { size: words.bytes(size), date: words.date(addedAt) });
  return (
    <Radio
      value={id}
      size="xs"
      label={version === '' ? fileName : `${version} · ${fileName}`}
      description={same ? `${facts} · ${t('command.upgrade.form.same')}` : facts}
    />
  );
}
