import { Box, SegmentedControl } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { Args } from '#shared/contract/requests/index';
import type { PackagePatch } from '#shared/contract/requests/packages';
import type { Adapter, ListenerState } from '#shared/model/listener';
import { packagePathStyles, type UpgradePackage } from '#shared/model/upgrade';
import { request } from '../../bridge/request';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { CopyButton } from '../../ui/Copyable';
import { ErrorNote } from '../../ui/ErrorNote';
import { KeyValue, KeyValues } from '../../ui/KeyValue';
import { everywhere } from '../../ui/where';
import { Field } from './PackageField';
import classes from './PackageFacts.module.css';
import screen from './Upgrades.module.css';

interface OurUpdateXmlProps {
  readonly pkg: UpgradePackage;
  readonly frozen: boolean;
  readonly onChange: (patch: PackagePatch) => Promise<boolean>;
}

/** A number that need not belong to a machine here. */
const anyMachine = 33_232;

/** The update.xml that a linux machine reads before it downloads, and the effect of each of its fields. */
export function OurUpdateXml({ pkg, frozen, onChange }: OurUpdateXmlProps) {
  const { t } = useWords();
  const { id, version, pathStyle } = pkg;
  const updates = useCrema((s) => s.listeners.updates);
  const adapters = useCrema((s) => s.adapters);
  const vmcNo = useCrema(
    (s) => [...s.machines.values()].find(({ platform }) => platform === 'linux')?.vmcNo ?? anyMachine,
  );
  const { host, port } = exampleAddress(updates, adapters);
  return (
    <div className={screen['stack']}>
      <Served key={`${version} ${pathStyle}`} id={id} vmcNo={vmcNo} host={host} port={port} />
      <KeyValues>
        <KeyValue label="vendui_version">{t('packages.xmlVersion')}</KeyValue>
        <KeyValue label="package_path">
          {t(`packages.xmlPath.${pathStyle}`)} {pathStyle !== 'bare' && t('packages.xmlOffer', { vmcNo })}
        </KeyValue>
      </KeyValues>
      <fieldset disabled={frozen} className={classes['fields']}>
        <Field label={t('upgrades.pathStyle')} note={t('upgrades.pathStyleNote')} wide>
          {(label, note) => (
            <SegmentedControl
              aria-labelledby={label}
              aria-describedby={note}
              value={pathStyle}
              onChange={(style) => void onChange({ pathStyle: style })}
              data={packagePathStyles.map((style) => ({
                value: style,
                label: t(`upgrades.pathStyles.${style}`),
              }))}
            />
          )}
        </Field>
      </fieldset>
    </div>
  );
}

/** The address for machines. If Crema listens on all adapters, the address of the first. */
function exampleAddress(
  updates: ListenerState,
  adapters: readonly Adapter[],
): { readonly host: string; readonly port: number } {
  const first = adapters.find(({ loopback, family }) => !loopback && family === 4)?.address ?? '127.0.0.1';
  if (updates.status === 'off') return { host: first, port: 12_345 };
  const { host, port } = updates;
  return { host: everywhere.includes(host) ? first : host, port: port === 0 ? 12_345 : port };
}

/** The bytes as the host serves them. */
function Served({ id, vmcNo, host, port }: Args<'packageUpdateXml'>) {
  const [text, setText] = useState<string | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const ask = async (): Promise<void> => {
      const reply = await request('packageUpdateXml', { id, vmcNo, host, port });
      if (!isCurrent) return;
      setText(reply.ok ? reply.value : null);
      setError(reply.ok ? null : reply.error);
    };
    void ask();
    return () => {
      isCurrent = false;
    };
  }, [id, vmcNo, host, port]);
  return (
    <>
      <div className={classes['xml']}>
        {/* It scrolls: by keys too. */}
        <Box component="pre" tabIndex={0} role="region" aria-label="update.xml">
          {text?.trimEnd() ?? ''}
        </Box>
        {text !== null && <CopyButton text={() => text} what="update.xml" />}
      </div>
      <ErrorNote error={error} />
    </>
  );
}
