import { Fieldset, TextInput } from '@mantine/core';
import { useWords } from '../../../text/useWords';
import { readHours, readWave, waveLimits, type TypedWaves, type WaveMember } from './waves';
import classes from './Start.module.css';

interface WavesFormProps {
  readonly typed: TypedWaves;
  readonly onChange: (typed: TypedWaves) => void;
}

/** How many machines first and at once, how long between, when it is enough, and at which hours. */
export function WavesForm({ typed, onChange }: WavesFormProps) {
  const { t } = useWords();
  const field = (member: keyof TypedWaves, label: string, error: string | null, note?: string) => (
    <TextInput
      label={label}
      {...(note !== undefined && { description: note })}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      inputMode="numeric"
      value={typed[member]}
      error={error ?? undefined}
      onChange={(event) => onChange({ ...typed, [member]: event.currentTarget.value })}
    />
  );
  const number = (member: WaveMember, label: string, note?: string) => {
    const isWrong = readWave(member, typed[member]) === undefined;
    return field(member, label, isWrong ? t('work.start.whole', waveLimits[member]) : null, note);
  };
  const wrongHours = readHours(typed) === undefined ? t('work.start.hoursWrong') : null;
  return (
    <Fieldset legend={t('work.start.waves')} p="sm">
      <div className={classes['waves']}>
        {number('first', t('work.start.first'), t('work.start.firstNote'))}
        {number('atOnce', t('work.start.size'), t('work.start.sizeNote'))}
        {number('pause', t('work.start.pause'))}
        {number('stopAfter', t('work.start.stopAfter'), t('work.start.stopAfterNote'))}
        {number('stopShare', t('work.start.stopShare'), t('work.start.stopAfterNote'))}
        <div className={classes['hours']}>
          {field('from', t('work.start.from'), wrongHours, t('work.start.hoursNote'))}
          {field('to', t('work.start.to'), null)}
        </div>
      </div>
      <p className="dim">{t('work.start.wavesNote')}</p>
    </Fieldset>
  );
}
