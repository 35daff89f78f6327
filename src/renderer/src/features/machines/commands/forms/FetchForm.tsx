import { Radio } from '@mantine/core';
import { useState } from 'react';
import { fetchTypes, type FetchType } from '#shared/model/fetched';
import { useWords } from '../../../../text/useWords';
import { DayField } from '../../../../ui/DayField';
import { AskFoot } from './AskFoot';
import type { FormProps } from './types';
import classes from './Ask.module.css';

/** The file to request, and the day of a log, by default today. */
export function FetchForm({ input, onSend, onCancel, busy, error }: FormProps) {
  const { t } = useWords();
  const [type, setType] = useState<FetchType>(
    () => fetchTypes.find((known) => known === input?.['type']) ?? 'log',
  );
  const [day, setDay] = useState(() => {
    const before = input?.['day'];
    return typeof before === 'string' && before !== '' ? before : new Date().toLocaleDateString('sv');
  });
  const isLog = type === 'log';
  const ready = !isLog || day !== '';
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void onSend({ type, day: isLog ? day : '' });
      }}
    >
      <Radio.Group
        label={t('command.fetchFile.form.type')}
        value={type}
        onChange={(value) => setType(fetchTypes.find((known) => known === value) ?? 'log')}
        className={classes['packages']}
      >
        {fetchTypes.map((known) => (
          <Radio key={known} value={known} size="xs" label={t(`command.fetchFile.form.option.${known}`)} />
        ))}
      </Radio.Group>
      {isLog && (
        <DayField
          label={t('command.fetchFile.form.day')}
          error={ready ? null : t('command.fetchFile.form.noDay')}
          value={day}
          onChange={setDay}
        />
      )}
      <AskFoot
        yes={t('command.fetchFile.send')}
        ready={ready}
        autoFocus
        busy={busy}
        error={error}
        onCancel={onCancel}
      />
    </form>
  );
}
