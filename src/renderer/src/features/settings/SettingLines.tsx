import { useEffect, useId, useRef } from 'react';
import type { SettingSection } from '#shared/model/settingRow';
import { settingRows, type Settings } from '#shared/model/settings';
import { useRequest } from '../../bridge/request';
import { useCrema, wantSetting } from '../../store';
import { settingWords, type SettingParams } from '../../text/settingWords';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { ErrorNote } from '../../ui/ErrorNote';
import { SettingControl } from '../../ui/SettingControl';
import classes from './SettingsScreen.module.css';

type Key = keyof Settings;
const keys = Object.keys(settingRows) as readonly Key[];
const none: readonly string[] = [];

interface SettingLinesProps {
  readonly section: SettingSection;
  /** Parameters of the section's texts. */
  readonly params?: SettingParams;
  /** Current notes on the settings. */
  readonly notes?: Readonly<Partial<Record<Key, readonly string[]>>>;
}

/** The settings of a panel, except those with their own form. */
export function SettingLines({ section, params, notes }: SettingLinesProps) {
  const drawn = keys.filter(
    (key) => settingRows[key].section === section && settingRows[key].control.kind !== 'form',
  );
  const settings = useCrema((s) => s.settings);
  return drawn.map((key) => (
    <Boundary key={key} as="row" where={`setting ${key}`} of={settings[key]}>
      <SettingLine name={key} params={params} notes={notes?.[key] ?? none} />
    </Boundary>
  ));
}

interface SettingLineProps {
  readonly name: Key;
  readonly params: SettingParams | undefined;
  readonly notes: readonly string[];
}
function SettingLine({ name, params, notes }: SettingLineProps) {
  const id = useId();
  const value = useCrema((s) => s.settings[name]);
  const set = useRequest('setSettings');
  const words = settingWords(useWords(), `setting.${name}`, params);
  const line = useRef<HTMLDivElement>(null);
  const isWanted = useCrema((s) => s.wantedSetting === name);
  useEffect(() => {
    if (!isWanted) return;
    wantSetting(null);
    line.current?.scrollIntoView({ block: 'center' });
    line.current?.querySelector<HTMLElement>('input:checked, input, button')?.focus();
  }, [isWanted]);
  return (
    <>
      <div ref={line} className={classes['choice']}>
        <span id={id}>{words.title}</span>
        <SettingControl
          control={settingRows[name].control}
          words={words}
          labelId={id}
          value={value}
          onChange={(chosen) => set.run({ [name]: chosen })}
        />
      </div>
      {words.notes(value, notes).map((note) => (
        <p key={note} className="dim">
          {note}
        </p>
      ))}
      <ErrorNote error={set.error} />
    </>
  );
}
