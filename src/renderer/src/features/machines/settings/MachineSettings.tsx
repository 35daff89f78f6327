import { SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { MachineConfig } from '#shared/model/machine';
import { useRequest } from '../../../bridge/request';
import { useConfig, useCrema } from '../../../store';
import { isRecording } from '../../../store/source';
import { useWords } from '../../../text/useWords';
import { EmptyNote } from '../../../ui/EmptyNote';
import { ErrorNote } from '../../../ui/ErrorNote';
import { CodeSetting } from './CodeSetting';
import { PolicySetting } from './PolicySetting';
import { Setting } from './Setting';
import classes from './MachineSettings.module.css';

export function MachineSettings({ vmcNo }: { readonly vmcNo: number }) {
  const { t } = useWords();
  const recording = useCrema(isRecording);
  if (recording) return <EmptyNote title={t('capture.settings')} text={t('capture.settingsText')} />;
  return <LiveSettings vmcNo={vmcNo} />;
}

function LiveSettings({ vmcNo }: { readonly vmcNo: number }) {
  const { t } = useWords();
  const config = useConfig(vmcNo);
  const seen = useCrema((s) => s.detail?.state.platform ?? null);
  const set = useRequest('setMachine');
  const change = (patch: Partial<MachineConfig>): void => void set.run({ vmcNo, patch });
  return (
    <div className={classes['screen']}>
      <Stack gap="lg">
        <ErrorNote error={set.error} />
        <NameSetting vmcNo={vmcNo} name={config.name} />
        <Setting
          title={t('machineSetting.platform.title')}
          notes={[
            seen === null
              ? t('machineSetting.platform.unseen')
              : t('machineSetting.platform.seen', { platform: seen }),
            t('machineSetting.platform.note'),
          ]}
        >
          {(label) => (
            <SegmentedControl
              aria-labelledby={label}
              value={config.platform ?? 'auto'}
              onChange={(value) => change({ platform: value === 'auto' ? null : value })}
              data={[
                { value: 'auto', label: t('machineSetting.platform.value.auto') },
                { value: 'linux', label: 'linux' },
                { value: 'android', label: 'android' },
              ]}
            />
          )}
        </Setting>
        <Setting title={t('machineSetting.head.title')} notes={[t('machineSetting.head.note')]}>
          {(label) => (
            <SegmentedControl
              aria-labelledby={label}
              value={config.head ?? 'auto'}
              onChange={(value) => change({ head: value === 'auto' ? null : value })}
              data={[
                { value: 'auto', label: t('machineSetting.head.value.auto') },
                { value: 'decimal', label: t('machine.heads.decimal') },
                { value: 'le48', label: t('machine.heads.le48') },
              ]}
            />
          )}
        </Setting>
        <Setting
          title={t('machineSetting.replyProfile.title')}
          notes={[
            config.replyProfile === 'extended'
              ? t('machineSetting.replyProfile.valueNote.extended')
              : t('machineSetting.replyProfile.valueNote.document'),
          ]}
        >
          {(label) => (
            <SegmentedControl
              aria-labelledby={label}
              value={config.replyProfile}
              onChange={(replyProfile) => change({ replyProfile })}
              data={[
                { value: 'extended', label: t('machineSetting.replyProfile.value.extended') },
                { value: 'document', label: t('machineSetting.replyProfile.value.document') },
              ]}
            />
          )}
        </Setting>
        <Setting
          title={t('machineSetting.qrAnswers.title')}
          notes={[
            t(
              config.qrAnswers === 'auto'
                ? 'machineSetting.qrAnswers.valueNote.auto'
                : 'machineSetting.qrAnswers.valueNote.hand',
            ),
          ]}
        >
          {(label) => (
            <SegmentedControl
              aria-labelledby={label}
              value={config.qrAnswers}
              onChange={(qrAnswers) => change({ qrAnswers })}
              data={[
                { value: 'auto', label: t('machineSetting.qrAnswers.value.auto') },
                { value: 'hand', label: t('machineSetting.qrAnswers.value.hand') },
              ]}
            />
          )}
        </Setting>
        <CodeSetting vmcNo={vmcNo} />
        <PolicySetting policy={config.signPolicy} onChange={(signPolicy) => change({ signPolicy })} />
      </Stack>
    </div>
  );
}

function NameSetting({ vmcNo, name }: { readonly vmcNo: number; readonly name: string }) {
  const { t } = useWords();
  const [typed, setTyped] = useState<string | null>(null);
  const save = useRequest('setMachine');
  const keep = async (): Promise<void> => {
    if (typed === null) return;
    if (typed.trim() === name || (await save.run({ vmcNo, patch: { name: typed.trim() } }))) setTyped(null);
  };
  return (
    <Setting title={t('machineSetting.name.title')} notes={[t('machineSetting.name.note')]}>
      {(label) => (
        <>
          <TextInput
            aria-labelledby={label}
            w={300}
            maxLength={60}
            placeholder={t('machineSetting.name.placeholder')}
            value={typed ?? name}
            onChange={(event) => setTyped(event.currentTarget.value)}
            onBlur={() => void keep()}
            onKeyDown={(event) => {
              if (event.key === 'Enter') void keep();
              if (event.key === 'Escape') setTyped(null);
            }}
          />
          <ErrorNote error={save.error} />
        </>
      )}
    </Setting>
  );
}
