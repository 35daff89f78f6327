import { Button, Checkbox, Group, NumberInput, TagsInput } from '@mantine/core';
import { useState } from 'react';
import { supportHours } from '#shared/model/support';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';
import classes from './Support.module.css';

interface FramesFormProps {
  readonly isBusy: boolean;
  /** Frames are already included. */
  readonly has: boolean;
}

const isNumber = (text: string): boolean => /^\d{1,15}$/.test(text.trim());

/** Adds the last hours of chosen machines. */
export function FramesForm({ isBusy, has }: FramesFormProps) {
  const { t } = useWords();
  const frames = useRequest('supportFrames');
  // Nothing of a capture is included: its machines may be others.
  const known = useCrema((s) => (s.source === null ? s.machines : null));
  const configs = useCrema((s) => s.configs);
  const [hours, setHours] = useState<number | string>(2);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [areAll, setAll] = useState(false);
  const machines = chosen.filter(isNumber).map(Number);
  const isHours = Number.isInteger(hours) && Number(hours) >= 1 && Number(hours) <= supportHours;
  const isAsked = isHours && (areAll || machines.length > 0);
  return (
    <form
      className={classes['frames']}
      aria-label={t('support.frames')}
      onSubmit={(event) => {
        event.preventDefault();
        if (isAsked) void frames.run({ hours: Number(hours), machines: areAll ? null : machines });
      }}
    >
      <Group gap="sm" align="end" wrap="nowrap">
        <NumberInput
          label={t('support.hours')}
          value={hours}
          min={1}
          max={supportHours}
          clampBehavior="none"
          allowDecimal={false}
          allowNegative={false}
          w={90}
          disabled={isBusy}
          onChange={setHours}
        />
        <TagsInput
          className={classes['machines'] ?? ''}
          classNames={{ input: classes['field'] ?? '' }}
          size="xs"
          label={t('support.machines')}
          placeholder={areAll ? t('support.allMachines') : t('support.machinesPick')}
          data={[...(known?.keys() ?? [])].map(String)}
          renderOption={({ option: { value } }) => (
            <span>
              {value} <span className="dim">{configs[Number(value)]?.name}</span>
            </span>
          )}
          value={areAll ? [] : [...chosen]}
          maxTags={500}
          splitChars={[',', ' ', ';', '，']}
          disabled={isBusy || areAll}
          acceptValueOnBlur
          limit={100}
          comboboxProps={{ transitionProps: { duration: 0 } }}
          onChange={(values) => setChosen(values.filter(isNumber))}
        />
        <Checkbox
          className={classes['all'] ?? ''}
          size="xs"
          label={t('support.allMachines')}
          checked={areAll}
          disabled={isBusy}
          onChange={({ currentTarget }) => setAll(currentTarget.checked)}
        />
        <Button type="submit" variant="default" disabled={isBusy || !isAsked}>
          {t(has ? 'support.replace' : 'support.add')}
        </Button>
        {has && (
          <Button
            variant="default"
            disabled={isBusy}
            onClick={() => void frames.run({ hours: 0, machines: null })}
          >
            {t('support.take')}
          </Button>
        )}
      </Group>
      {!isHours && <p role="alert">{t('support.hoursWrong', { max: supportHours })}</p>}
      <ErrorNote error={frames.error} />
    </form>
  );
}
