import { IconAlertTriangle } from '@tabler/icons-react';
import type { AppError } from '#shared/contract/errors';
import { appErrorWords } from '../text/appErrorWords';
import { useWords } from '../text/useWords';
import classes from './Note.module.css';

/** An error, beside the action that caused it. */
export function ErrorNote({ error }: { readonly error: AppError | null }) {
  const words = useWords();
  if (error === null) return null;
  return (
    <p role="alert" className={classes['error']}>
      <IconAlertTriangle size={14} aria-hidden />
      <span>{appErrorWords(words, error)}</span>
    </p>
  );
}
