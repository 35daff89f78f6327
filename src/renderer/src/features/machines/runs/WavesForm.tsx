import { Fieldset, TextInput } from '@mantine/core';
import { mostMachinesOfRun } from '#shared/limits';
import type { Waves } from '#shared/model/run';
import { longestWait } from '#shared/model/sequence';
import { useWords } from '../../../text/useWords';
import classes from './Start.module.css';

/** As it stands in the fields. */
export interface TypedWaves {
  readonly atOnce: string;
  readonly pause: string;
  readonly stopAfter: string;
}

const limits = {
  atOnce: { min: 1, max: mostMachinesOfRun },
  pause: { min: 0, max: longestWait },
  stopAfter: { min: 1, max: mostMachinesOfRun },
} as const;
type Member = keyof typeof limits;

/** `null`: empty; `undefined`: no such number. */
function read(member: Member, typed: string): number | null | undefined {
  const text = typed.trim();
  if (text === '') return null;
  const { min, max } = limits[member];
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : undefined;
}

/** `null`: something is wrong. */
export function wavesOf(typed: TypedWaves): Waves | null {
  const [atOnce, pause, stopAfter] = (['atOnce', 'pause', 'stopAfter'] as const).map((member) =>
    read(member, typed[member]),
  );
  if (atOnce === undefined || pause === undefined || stopAfter === undefined) return null;
  return { atOnce, pause: pause ?? 0, stopAfter };
}

interface WavesFormProps {
  readonly typed: TypedWaves;
  readonly onChange: (typed: TypedWaves) => void;
}

/** How many machines at once, how long between, and when it is enough. */
export function WavesForm({ typed, onChange }: WavesFormProps) {
  const { t } = useWords();
  const field = (member: Member, label: string, note?: string) => (
    <TextInput
      label={label}
      {...(note !== undefined && { description: note })}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      inputMode="numeric"
      value={typed[member]}
      error={read(member, typed[member]) === undefined ? t('work.start.whole', limits[member]) : undefined}
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
