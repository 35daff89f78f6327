import { Fieldset, TextInput } from '@mantine/core';
import { useWords } from '../../../text/useWords';
import { readWave, waveLimits, type TypedWaves, type WaveMember } from './waves';
import classes from './Start.module.css';

interface WavesFormProps {
  readonly typed: TypedWaves;
  readonly onChange: (typed: TypedWaves) => void;
}

/** How many machines at once, how long between, and when it is enough. */
export function WavesForm({ typed, onChange }: WavesFormProps) {
  const { t } = useWords();
  const field = (member: WaveMember, label: string, note?: string) => (
    <TextInput
      label={label}
      {...(note !== undefined && { description: note })}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      inputMode="numeric"
      value={typed[member]}
      error={
        readWave(member, typed[member]) === undefined ? t('work.start.whole', waveLimits[member]) : undefined
      }
      onChange={(event) => onChange({ ...typed, [member]: event.currentTarget.value })}
    />
  );
  return (
    <Fieldset legend={t('work.start.waves')} p="sm">
      <div className={classes['waves']}>
        {field('atOnce', t('work.start.size'), t('work.start.sizeNote'))}
        {field('pause', t('work.start.pause'))}
        {field('stopAfter', t('work.start.stopAfter'), t('work.start.stopAfterNote'))}
      </div>
      <p className="dim">{t('work.start.wavesNote')}</p>
    </Fieldset>
  );
}
