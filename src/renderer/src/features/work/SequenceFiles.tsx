import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { RefusedSequence, SequencesImport } from '#shared/model/sequence';
import { request } from '../../bridge/request';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import type { Words } from '../../text/words';
import { ErrorNote } from '../../ui/ErrorNote';
import classes from './Work.module.css';

/** Export and import of the user's own sequences, and the unreadable parts of their file. */
export function SequenceFiles() {
  const { t } = useWords();
  const { all, refused, aside } = useCrema((s) => s.sequences);
  const [error, setError] = useState<AppError | null>(null);
  const [written, setWritten] = useState<string | null>(null);
  const [taken, setTaken] = useState<SequencesImport | null>(null);
  const begin = (): void => {
    setError(null);
    setWritten(null);
    setTaken(null);
  };
  const write = async (): Promise<void> => {
    begin();
    const reply = await request('exportSequences', undefined);
    if (reply.ok) setWritten(reply.value);
    else setError(reply.error);
  };
  const read = async (): Promise<void> => {
    begin();
    const reply = await request('importSequences', undefined);
    if (reply.ok) setTaken(reply.value);
    else setError(reply.error);
  };
  return (
    <>
      <Group gap="sm" mt="sm">
        <Button variant="default" onClick={() => void read()}>
          {t('work.sequences.fromFile')}
        </Button>
        <Button variant="default" disabled={all.length === 0} onClick={() => void write()}>
          {t('work.sequences.toFile')}
        </Button>
      </Group>
      <ErrorNote error={error} />
      {written !== null && <p role="status">{t('work.sequences.written', { file: written })}</p>}
      {taken !== null && (
        <div role="status">
          <p>{t('work.sequences.read', { ...taken, file: taken.fileName })}</p>
          {taken.refused.length > 0 && (
            <>
              <p>{t('work.sequences.refused', { count: taken.refused.length })}</p>
              <Refused refused={taken.refused} />
            </>
          )}
        </div>
      )}
      {refused.length > 0 && (
        <div role="status">
          <p>{t('work.sequences.kept')}</p>
          <Refused refused={refused} />
          <p className="dim">{t('work.sequences.keptNote')}</p>
        </div>
      )}
      {aside !== null && <p className="dim">{t('work.sequences.aside', { file: aside })}</p>}
    </>
  );
}

function Refused({ refused }: { readonly refused: readonly RefusedSequence[] }) {
  const words = useWords();
  return (
    <ul className={classes['refused']}>
      {refused.map((one) => (
        <li key={`${one.line} ${one.name} ${one.member}`}>{refusedWords(words, one)}</li>
      ))}
    </ul>
  );
}

function refusedWords({ t }: Words, { line, name, step, reason, member }: RefusedSequence): string {
  const why = t(`work.sequences.why.${reason}`, { member: member ?? '' });
  if (name === null) return t('work.sequences.refusedAtNoName', { line, why });
  return step === null
    ? t('work.sequences.refusedAt', { line, name, why })
    : t('work.sequences.refusedAtStep', { line, name, step, why });
}
