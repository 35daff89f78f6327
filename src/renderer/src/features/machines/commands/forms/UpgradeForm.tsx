import { Button, Radio } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { UpgradePackage } from '#shared/model/upgrade';
import { broughtBy, hasVersion } from '#shared/model/version';
import { useRequest } from '../../../../bridge/request';
import { choosePackage, goneOnWith, useTaking } from '../../../../bridge/taking';
import { useCrema } from '../../../../store';
import { navigate } from '../../../../store/navigate';
import { fileError } from '../../../../store/packageUses';
import { packagesFor, unfit, versionFor } from '../../../../store/upgrades';
import { versionWords } from '../../../../text/versionWords';
import { useWords } from '../../../../text/useWords';
import { Boundary } from '../../../../ui/Boundary';
import { ErrorNote } from '../../../../ui/ErrorNote';
import { StagingLine } from '../../../../ui/StagingLine';
import { clock } from '../../../../ui/ticker';
import { WarningNote } from '../../../../ui/WarningNote';
import { AskFoot } from './AskFoot';
import type { FormProps } from './types';
import classes from './Ask.module.css';

/**
 * The packages that fit the machine, and a ZIP from this computer. The newest is chosen, if the machine's program is known. A ZIP that does not
 * name its program is for the program of this machine: the library has that once the person sends it.
 */
export function UpgradeForm({ row, input, yes, onSend, onCancel, busy, error }: FormProps) {
  const words = useWords();
  const { t } = words;
  const packages = useCrema((s) => s.packages);
  const spoilt = useCrema((s) => s.spoiltPackages);
  const { vmcNo, platform } = row;
  const now = versionFor(null, row);
  /** The ZIP that was chosen or dropped here. */
  const [brought, setBrought] = useState<string | null>(null);
  const mine = packages.find(({ id }) => id === brought) ?? null;
  const isForThis = mine?.platform === null && platform !== null;
  const fitting = packagesFor(
    packages.map((pkg) => (isForThis && pkg === mine ? { ...pkg, platform } : pkg)),
    platform,
  );
  const [chosen, setChosen] = useState<string | null>(() => {
    const wanted = input?.['packageId'];
    return typeof wanted === 'string' ? wanted : null;
  });
  // A removed package is not replaced with a package that the user did not choose.
  const newest = platform === null ? null : (fitting[0] ?? null);
  const pack = chosen === null ? newest : (fitting.find(({ id }) => id === chosen) ?? null);
  const unfitting = mine !== null && fitting.every(({ id }) => id !== mine.id) ? mine : null;
  const hidden = packages.length - fitting.length;
  const { busy: isTaking, refused, taken, forMachine } = useTaking();
  const isHere = forMachine === vmcNo;
  const arrived = isHere && packages.some(({ id }) => id === taken) ? taken : null;
  const [seen, setSeen] = useState<string | null>(null);
  if (arrived !== seen) setSeen(arrived);
  if (arrived !== null && arrived !== seen) {
    setBrought(arrived);
    setChosen(arrived);
  }
  useEffect(() => {
    if (arrived !== null) goneOnWith(arrived);
  }, [arrived]);
  // Otherwise a quick click would send the package that the ZIP is about to replace.
  const isAwaited = isHere && (isTaking || taken !== arrived);
  const isReady = pack !== null && !isAwaited;
  const staging = useCrema((s) => s.staging);
  const cancel = useRequest('cancelStaging');
  const change = useRequest('changePackage');
  const send = async ({ id }: UpgradePackage): Promise<void> => {
    const patch = isForThis && id === brought ? { platform } : null;
    if (patch === null || (await change.run({ id, patch }))) await onSend({ packageId: id });
  };
  const packageError = pack === null ? null : fileError(spoilt, pack.id);
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void send(pack);
      }}
    >
      <p>
        {now.known
          ? t('command.upgrade.form.from', { version: now.version })
          : now.why === 'notReported'
            ? t('command.upgrade.form.fromUnknown')
            : t('command.upgrade.form.fromDoubt', { what: versionWords(words, now, clock()) })}
      </p>
      {fitting.length === 0 && <p>{t('command.upgrade.form.none')}</p>}
      {fitting.length > 0 && pack === null && chosen !== null && unfitting === null && (
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
      {staging !== null && <StagingLine staging={staging} cancel={cancel} />}
      {isHere && refused.map(({ id, error: why }) => <ErrorNote key={id} error={why} />)}
      {unfitting !== null && (
        <WarningNote role="alert">
          {unfit(unfitting, platform) === 'wrongPlatform' && unfitting.platform !== null
            ? t('command.upgrade.form.wrongPlatform', {
                file: unfitting.fileName,
                platform: words.platform(unfitting.platform),
              })
            : t('command.upgrade.form.incomplete', { file: unfitting.fileName })}
        </WarningNote>
      )}
      {isForThis && pack?.id === brought && (
        <p role="status">{t('command.upgrade.form.forThis', { platform: words.platform(platform) })}</p>
      )}
      {hidden > 0 && <p className="dim">{t('command.upgrade.form.hidden', { count: hidden })}</p>}
      {packageError !== null && <WarningNote role="alert">{t(`upgrades.error.${packageError}`)}</WarningNote>}
      <AskFoot
        yes={yes ?? t('command.upgrade.send')}
        ready={isReady}
        autoFocus={isReady}
        busy={busy || change.busy}
        error={change.error ?? error}
        onCancel={onCancel}
      >
        {hidden > 0 && (fitting.length === 0 || unfitting !== null) && (
          <Button variant="default" onClick={() => navigate({ screen: 'upgrades' })}>
            {t('control.toUpgrades')}
          </Button>
        )}
        <Button
          variant="default"
          loading={isTaking && staging === null}
          disabled={staging !== null}
          data-autofocus={!isReady || undefined}
          onClick={() => void choosePackage(vmcNo)}
        >
          {t('upgrades.choose')}
        </Button>
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
