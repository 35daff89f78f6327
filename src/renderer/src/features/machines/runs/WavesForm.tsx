import { Fieldset, TextInput } from '@mantine/core';
import { useId } from 'react';
import { useWords } from '../../../text/useWords';
import { readWave, waveLimits, wrongEnds, type TypedWaves, type WaveMember } from './waves';
import classes from './Start.module.css';

interface WavesFormProps {
  readonly typed: TypedWaves;
  readonly onChange: (typed: TypedWaves) => void;
}

/** Size of the first wave, machines at a time, pause, success condition, and hours. */
export function WavesForm({ typed, onChange }: WavesFormProps) {
  const { t } = useWords();
  const hoursNote = useId();
  const number = (member: WaveMember, label: string, note?: string) => {
    const isWrong = readWave(member, typed[member]) === undefined;
    return (
      <TextInput
        label={label}
        {...(note !== undefined && { description: note })}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        inputMode="numeric"
        value={typed[member]}
        error={isWrong ? t('work.start.whole', waveLimits[member]) : undefined}
        onChange={(event) => onChange({ ...typed, [member]: event.currentTarget.value })}
      />
    );
  };
  const wrong = wrongEnds(typed);
  const hour = (member: 'from' | 'to', label: string, example: string) => (
    <TextInput
      label={label}
      placeholder={example}
      value={typed[member]}
      error={wrong.includes(member)}
      aria-describedby={hoursNote}
      onChange={(event) => onChange({ ...typed, [member]: event.currentTarget.value })}
    />
  );
  return (
    <Fieldset legend={t('work.start.waves')} p="sm">
      <div className={classes['waves']}>
        {number('first', t('work.start.first'), t('work.start.firstNote'))}
        {number('atOnce', t('work.start.size'), t('work.start.sizeNote'))}
        {number('pause', t('work.start.pause'))}
        {number('stopAfter', t('work.start.stopAfter'), t('work.start.stopAfterNote'))}
        {number('stopShare', t('work.start.stopShare'), t('work.start.stopAfterNote'))}
        <div className={classes['hours']}>
          {hour('from', t('work.start.from'), '22:30')}
          {hour('to', t('work.start.to'), '05:00')}
          <p id={hoursNote} data-wrong={wrong.length > 0 || undefined}>
            {t(wrong.length > 0 ? 'work.start.hoursWrong' : 'work.start.hoursNote')}
          </p>
        </div>
      </div>
      <p className={classes['wavesNote']}>{t('work.start.wavesNote')}</p>
    </Fieldset>
  );
}
