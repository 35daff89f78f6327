import { Stack } from '@mantine/core';
import { Fragment } from 'react';
import { currencyOf } from '#shared/model/currency';
import type { MachineConfig } from '#shared/model/machine';
import { longQr } from '#shared/limits';
import { machineSettingRows } from '#shared/model/machineSettings';
import { qrTextOf, strangers } from '#shared/rehearsal';
import { useRequest } from '../../../bridge/request';
import { useConfig, useCrema } from '../../../store';
import { isCapture } from '../../../store/source';
import { isSite } from '../../../store/sites';
import { listed } from '../../../text/phrases';
import { settingWords } from '../../../text/settingWords';
import type { Words } from '../../../text/words';
import { useWords } from '../../../text/useWords';
import { Boundary } from '../../../ui/Boundary';
import { EmptyNote } from '../../../ui/EmptyNote';
import { ErrorNote } from '../../../ui/ErrorNote';
import { SettingControl } from '../../../ui/SettingControl';
import { SettingBlock } from '../../../ui/SettingBlock';
import { CodeSetting } from './CodeSetting';
import { PhotoSetting } from './PhotoSetting';
import classes from './MachineSettings.module.css';

type Key = keyof MachineConfig;
const keys = Object.keys(machineSettingRows) as readonly Key[];

export function MachineSettings({ vmcNo }: { readonly vmcNo: number }) {
  const { t } = useWords();
  const inCapture = useCrema(isCapture);
  const isOfSite = useCrema(isSite);
  if (isOfSite) return <EmptyNote title={t('sites.noSettings')} text={t('sites.noSettingsText')} />;
  if (inCapture) return <EmptyNote title={t('capture.settings')} text={t('capture.settingsText')} />;
  return <LiveSettings vmcNo={vmcNo} />;
}

function LiveSettings({ vmcNo }: { readonly vmcNo: number }) {
  const notes = useNotes(vmcNo);
  const config = useConfig(vmcNo);
  return (
    <div className={classes['screen']}>
      <Stack gap="sm">
        {keys
          .filter((key) => key !== 'payDelay' || config.qrAnswers === 'delay')
          .map((key) => (
            <Fragment key={key}>
              {/* The policy for wrong signs follows the code that checks them. */}
              {key === 'signPolicy' && <CodeSetting vmcNo={vmcNo} />}
              <Boundary as="row" where={`setting ${key} of machine ${vmcNo}`} of={config[key]}>
                {key === 'photo' && <PhotoSetting vmcNo={vmcNo} photo={config.photo} />}
                {machineSettingRows[key].control.kind !== 'none' && (
                  <RowSetting vmcNo={vmcNo} name={key} notes={notes[key] ?? []} />
                )}
              </Boundary>
            </Fragment>
          ))}
      </Stack>
    </div>
  );
}

/** Current notes on the settings. */
function useNotes(vmcNo: number): Readonly<Partial<Record<Key, readonly string[]>>> {
  const words = useWords();
  const { t } = words;
  const { signPolicy, qrTemplate } = useConfig(vmcNo);
  const platform = useCrema((s) => s.detail?.state.platform ?? null);
  const model = useCrema((s) => s.detail?.state.login?.model ?? null);
  const hasCode = useCrema((s) => s.codes[vmcNo] !== undefined);
  return {
    model: [model === null ? t('machineSetting.model.unseen') : t('machineSetting.model.seen', { model })],
    platform: [
      platform === null
        ? t('machineSetting.platform.unseen')
        : t('machineSetting.platform.seen', { platform: words.platform(platform) }),
    ],
    qrTemplate: templateNotes(words, vmcNo, qrTemplate),
    signPolicy: signPolicy === 'enforce' && !hasCode ? [t('machineSetting.signPolicy.noCode')] : [],
  };
}

/** The resulting text of an order, whether machines can show its length, and unknown placeholders. */
function templateNotes(words: Words, vmcNo: number, template: string): readonly string[] {
  const { t } = words;
  // With the usual length of order numbers.
  const example = {
    vmcNo,
    orderNo: '594f803b380a41396ed63dca39503542',
    type: 'wx_pub',
    amount: 1000,
    productId: 810,
  };
  const text = qrTextOf(template, example);
  const { length } = text;
  const names = strangers(template);
  return [
    t('machineSetting.qrTemplate.example', { text, length, max: longQr }),
    ...(length > longQr ? [t('machineSetting.qrTemplate.long', { length })] : []),
    ...(names.length > 0
      ? [
          t('machineSetting.qrTemplate.stranger', {
            names: listed(
              words,
              names.map((name) => `{${name}}`),
            ),
          }),
        ]
      : []),
  ];
}

interface RowSettingProps {
  readonly vmcNo: number;
  readonly name: Key;
  readonly notes: readonly string[];
}
function RowSetting({ vmcNo, name, notes }: RowSettingProps) {
  const value = useConfig(vmcNo)[name];
  const set = useRequest('setMachine');
  const currency = useCrema((s) => currencyOf('', s.settings.currency));
  const anyWords = useWords();
  const words = settingWords(anyWords, `machineSetting.${name}`, { currency });
  const usual = words.usual(machineSettingRows[name]);
  const first = usual === null ? [] : [anyWords.t('settingDefault', { value: usual })];
  return (
    <SettingBlock title={words.title} notes={[...first, ...words.notes(value, notes)]}>
      {(label) => (
        <>
          <SettingControl
            control={machineSettingRows[name].control}
            words={words}
            labelId={label}
            value={value}
            onChange={(chosen) => set.run({ vmcNo, patch: { [name]: chosen } })}
          />
          <ErrorNote error={set.error} />
        </>
      )}
    </SettingBlock>
  );
}
