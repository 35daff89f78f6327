import { ActionIcon, TextInput } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useWords } from '../text/useWords';
import classes from './DayField.module.css';

interface DayFieldProps {
  readonly label: string;
  /** Shows the label inside the field. */
  readonly isInside?: boolean;
  /** Such as 2026-12-01; '': none. */
  readonly value: string;
  readonly error?: string | null;
  readonly onChange: (day: string) => void;
}

/**
 * A day, written the same way in both languages: the browser's own field follows the computer's language instead. Its calendar is still
 * available.
 */
export function DayField({ label, isInside = false, value, error = null, onChange }: DayFieldProps) {
  const { t } = useWords();
  // Text that is not a day yet; `null`: none.
  const [typed, setTyped] = useState<string | null>(null);
  const [isLeft, setLeft] = useState(false);
  const calendar = useRef<HTMLInputElement>(null);
  const take = (text: string): void => {
    const isKept = text === '' || isDay(text);
    setTyped(isKept ? null : text);
    onChange(isKept ? text : '');
  };
  return (
    <div className={classes['field']}>
      <TextInput
        {...(isInside
          ? {
              'aria-label': label,
              leftSectionWidth: 72,
              leftSection: <span className="dim">{label}</span>,
            }
          : { label })}
        w={isInside ? 196 : 160}
        autoComplete="off"
        maxLength={40}
        placeholder={t('app.dayForm')}
        value={typed ?? value}
        error={typed === null ? error : isLeft && t('app.dayWrong')}
        onFocus={() => setLeft(false)}
        onBlur={() => setLeft(true)}
        onChange={(event) => take(event.currentTarget.value.trim())}
        rightSection={
          <ActionIcon aria-label={t('app.calendar')} onClick={() => calendar.current?.showPicker()}>
            <IconCalendar size={14} aria-hidden />
          </ActionIcon>
        }
      />
      <input
        ref={calendar}
        className={classes['calendar']}
        type="date"
        tabIndex={-1}
        aria-hidden
        value={value}
        onChange={(event) => take(event.currentTarget.value)}
      />
    </div>
  );
}

/** Whether a text is a day of the calendar, such as 2026-12-01. */
export function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  // A day that a month lacks would be a day of the next month.
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}
