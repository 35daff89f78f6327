import { useEffect, useRef } from 'react';
import { settingRows, type Settings } from '#shared/model/settings';
import { useRequest } from '../../bridge/request';
import { useCrema, wantSetting } from '../../store';
import { settingWords, type SettingParams } from '../../text/settingWords';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';
import { SettingBlock } from '../../ui/SettingBlock';
import { SettingControl } from '../../ui/SettingControl';

interface SettingLineProps {
  readonly name: keyof Settings;
  /** Parameters of its texts. */
  readonly params?: SettingParams;
  /** Current notes. */
  readonly notes: readonly string[];
}

/** A setting with the control of its row. */
export function SettingLine({ name, params, notes }: SettingLineProps) {
  const value = useCrema((s) => s.settings[name]);
  const set = useRequest('setSettings');
  const anyWords = useWords();
  const words = settingWords(anyWords, `setting.${name}`, params);
  const line = useRef<HTMLDivElement>(null);
  const isWanted = useCrema((s) => s.wantedSetting === name);
  useEffect(() => {
    if (!isWanted) return;
    wantSetting(null);
    line.current?.scrollIntoView({ block: 'center' });
    line.current?.querySelector<HTMLElement>('input:checked, input, button')?.focus();
  }, [isWanted]);
  const usual = words.usual(settingRows[name]);
  const first = usual === null ? [] : [anyWords.t('settingDefault', { value: usual })];
  return (
    <div ref={line}>
      <SettingBlock title={words.title} notes={[...first, ...words.notes(value, notes)]}>
        {(label) => (
          <>
            <SettingControl
              control={settingRows[name].control}
              words={words}
              labelId={label}
              value={value}
              onChange={(chosen) => set.run({ [name]: chosen })}
            />
            <ErrorNote error={set.error} />
          </>
        )}
      </SettingBlock>
    </div>
  );
}
