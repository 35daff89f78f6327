import { Button, Group, Stack } from '@mantine/core';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import {
  checkNames,
  doctorLines,
  doctorSentence,
  doctorSigns,
  worstOf,
  type DoctorResult,
} from '#shared/doctor';
import { doctorLevels } from '#shared/doctorWords';
import { request } from '../../bridge/request';
import { askSupport, useCrema, wantDoctor } from '../../store';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { CopyButton } from '../../ui/Copyable';
import { ErrorNote } from '../../ui/ErrorNote';
import classes from './DoctorPanel.module.css';

interface Looked {
  /** Number of completed checks. */
  readonly done: number;
  readonly isRunning: boolean;
  readonly results: readonly DoctorResult[];
  readonly error: AppError | null;
}

/** The results of `--doctor`, line by line as they arrive. */
export function DoctorPanel() {
  const { t, language } = useWords();
  const { looked, check, stop } = useDoctor();
  const wanted = useCrema((s) => s.wantsDoctor);
  const panel = useRef<HTMLDivElement>(null);
  const begin = useEffectEvent(() => {
    wantDoctor(false);
    panel.current?.scrollIntoView({ block: 'center' });
    panel.current?.focus({ preventScroll: true });
    void check();
  });
  useEffect(() => {
    if (wanted) begin();
  }, [wanted]);
  const isOver = looked !== null && !looked.isRunning && looked.done === checkNames.length;
  const words = language === 'zh-CN' ? 'zh' : 'en';
  return (
    <Stack gap="sm" ref={panel} tabIndex={-1}>
      <p className="dim">{t('doctor.note')}</p>
      <Group gap="sm">
        <Button onClick={() => void check()} disabled={looked?.isRunning === true}>
          {t(isOver ? 'doctor.again' : 'doctor.check')}
        </Button>
        {looked?.isRunning === true && (
          <Button variant="default" onClick={stop}>
            {t('doctor.stop')}
          </Button>
        )}
        {looked !== null && looked.results.length > 0 && (
          <CopyButton text={() => doctorLines(looked.results, words).join('\n')} what={t('doctor.what')}>
            {t('doctor.copy')}
          </CopyButton>
        )}
        <Button variant="default" title={t('support.note')} onClick={() => askSupport(true)}>
          {t('support.open')}
        </Button>
      </Group>
      {looked !== null && (
        <>
          <p role="status">
            {isOver
              ? t(`doctor.summary.${doctorLevels[worstOf(looked.results)]}`)
              : t('doctor.progress', { done: looked.done, all: checkNames.length })}
          </p>
          <ul className={classes['lines']}>
            {looked.results.map((one, index) => (
              // Lines are only appended.
              // oxlint-disable-next-line react/no-array-index-key
              <Boundary key={index} as="item" where={`result ${one.code} of the doctor`} of={one}>
                <ResultLine result={one} />
              </Boundary>
            ))}
          </ul>
          <ErrorNote error={looked.error} />
        </>
      )}
    </Stack>
  );
}

function ResultLine({ result }: { readonly result: DoctorResult }) {
  const { t, language } = useWords();
  return (
    <li data-level={result.level}>
      <span className={classes['sign']} role="img" aria-label={t(`doctor.level.${result.level}`)}>
        {doctorSigns[result.level]}
      </span>
      <span className={classes['text']}>{doctorSentence(result)[language === 'zh-CN' ? 'zh' : 'en']}</span>
    </li>
  );
}

function useDoctor(): {
  readonly looked: Looked | null;
  readonly check: () => Promise<void>;
  readonly stop: () => void;
} {
  const [looked, setLooked] = useState<Looked | null>(null);
  /** Incremented by each run and cancel, so that late results of a former run are ignored. */
  const run = useRef(0);
  useEffect(() => () => void (run.current += 1), []);
  const check = async (): Promise<void> => {
    const mine = (run.current += 1);
    let now: Looked = { done: 0, isRunning: true, results: [], error: null };
    setLooked(now);
    for (const name of checkNames) {
      const reply = await request('checkComputer', { check: name });
      if (run.current !== mine) return;
      now = reply.ok
        ? { ...now, done: now.done + 1, results: [...now.results, ...reply.value] }
        : { ...now, isRunning: false, error: reply.error };
      setLooked(now);
      if (!reply.ok) return;
    }
    setLooked({ ...now, isRunning: false });
  };
  const stop = (): void => {
    run.current += 1;
    setLooked((now) => (now === null ? null : { ...now, isRunning: false }));
  };
  return { looked, check, stop };
}
