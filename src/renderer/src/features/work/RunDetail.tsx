import { Button, Group } from '@mantine/core';
import { IconDownload, IconFileText, IconRepeat } from '@tabler/icons-react';
import { useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { Run, RunMachine } from '#shared/model/run';
import { request, useRequest } from '../../bridge/request';
import { runCommands, useRunLines } from '../../bridge/runs';
import { askRun, useCrema } from '../../store';
import { isCapture } from '../../store/source';
import { lineWords, runState, runTitle, wavesWords } from '../../text/runWords';
import { useWords } from '../../text/useWords';
import { HistoryDetail, type Opened } from '../../ui/HistoryDetail';
import { Boundary } from '../../ui/Boundary';
import { ErrorNote } from '../../ui/ErrorNote';
import { KeyValue, KeyValues } from '../../ui/KeyValue';
import { LiveRegion } from '../../ui/LiveRegion';
import { keepFocus } from '../../ui/keepFocus';
import { RunButtons } from '../../ui/RunButtons';
import { RunTotals } from '../../ui/RunTotals';
import { Ago } from '../../ui/Ticking';
import { RunLines } from './RunLines';
import { RunRecord } from './RunRecord';
import { runTable } from './runTable';
import { StepText } from '../../ui/StepText';
import classes from './Work.module.css';

interface RunDetailProps extends Opened {
  readonly run: Run;
}

/** An opened run: results so far, controls, questions, and its machines. */
export function RunDetail({ run: known, onClose, onStep }: RunDetailProps) {
  const words = useWords();
  const { t } = words;
  // The held list has an old version; the opened run shows the current one.
  const run = useCrema((s) => s.openRuns.get(known.id)) ?? known;
  const { id, state, end } = run;
  const lines = useRunLines(run);
  const title = runTitle(words, run);
  return (
    <HistoryDetail
      label={title}
      title={title}
      data={{ 'data-opened-run': id, 'data-state': state }}
      words={{
        previous: t('work.detail.previous'),
        next: t('work.detail.next'),
        close: t('work.detail.close'),
      }}
      onClose={onClose}
      onStep={onStep}
    >
      <div className={classes['detailBody']}>
        <p role="status">
          <strong className={classes['state']} data-state={state}>
            {runState(words, run)}
          </strong>
          {state === 'ended' && end !== null && ` · ${t(`work.endNote.${end}`)}`}
          {state !== 'ended' && end === 'failures' && ` · ${t('work.endNote.failures')}`}
        </p>
        <Controls run={run} lines={lines} />
        <Questions run={run} lines={lines ?? []} />
        <Boundary where={`totals of run ${id}`} of={run}>
          <Totals run={run} />
        </Boundary>
        {run.steps.length > 1 && run.machines > 1 && (
          <>
            <h3>{t('work.detail.steps')}</h3>
            <Plan run={run} />
          </>
        )}
        <h3>{t('work.detail.machines')}</h3>
        {lines === null ? (
          <p className="dim">{t('work.detail.reading')}</p>
        ) : (
          <RunLines run={run} lines={lines} />
        )}
      </div>
    </HistoryDetail>
  );
}

interface PartProps {
  readonly run: Run;
  readonly lines: readonly RunMachine[] | null;
}

function Controls({ run, lines }: PartProps) {
  const words = useWords();
  const { t } = words;
  const { id } = run;
  const control = useRequest('controlRun');
  const names = useCrema((s) => s.machines);
  const [error, setError] = useState<AppError | null>(null);
  const [saved, setSaved] = useState<string | null>(null);
  const [showsRecord, setShowsRecord] = useState(false);
  const save = async (): Promise<void> => {
    setError(null);
    setSaved(null);
    const commands = await runCommands(id);
    const nameOf = (vmcNo: number): string => names.get(vmcNo)?.name ?? '';
    const rows = runTable(words, run, lines ?? [], { nameOf, commands });
    const reply = await request('saveTable', {
      name: `crema-run-${id}.csv`,
      rows,
    });
    if (reply.ok) setSaved(reply.value);
    else setError(reply.error);
  };
  return (
    <>
      <div ref={keepFocus} className={classes['buttons']}>
        <RunButtons run={run} busy={control.busy} onTo={(to) => void control.run({ id, to })} />
        <Button
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          disabled={lines === null}
          onClick={() => void save()}
        >
          {t('work.detail.export')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconFileText size={14} aria-hidden />}
          disabled={lines === null}
          onClick={() => setShowsRecord(true)}
        >
          {t('work.record.open')}
        </Button>
        <Again run={run} lines={lines ?? []} />
        {saved !== null && <span role="status">{t('work.detail.saved', { file: saved })}</span>}
      </div>
      <ErrorNote error={control.error ?? error} />
      {showsRecord && lines !== null && (
        <RunRecord run={run} lines={lines} onClose={() => setShowsRecord(false)} />
      )}
    </>
  );
}

/** After the end: the same for the machines that it did not reach or that failed. */
function Again({
  run: { state, title, steps },
  lines,
}: {
  readonly run: Run;
  readonly lines: readonly RunMachine[];
}) {
  const { t } = useWords();
  const inCapture = useCrema(isCapture);
  const machines = lines.filter((line) => line.state === 'failed' || line.state === 'stopped');
  if (state !== 'ended' || machines.length === 0 || inCapture) return null;
  return (
    <Button
      variant="default"
      leftSection={<IconRepeat size={14} aria-hidden />}
      onClick={() =>
        askRun({
          machines: machines.map(({ vmcNo }) => vmcNo),
          sequence: { name: title ?? '', note: '', steps },
        })
      }
    >
      {t('work.detail.again', { count: machines.length })}
    </Button>
  );
}

/** The questions of its machines, each with two answers. */
function Questions({ run, lines }: { readonly run: Run; readonly lines: readonly RunMachine[] }) {
  const words = useWords();
  const { t } = words;
  const answer = useRequest('answerRun');
  const asking = lines.filter(({ state }) => state === 'asking');
  return (
    <>
      {asking.map((line) => (
        <div
          key={line.id}
          className={classes['question']}
          role="group"
          aria-label={t('work.detail.lineOf', { vmcNo: line.vmcNo })}
        >
          <span>
            {t('work.detail.asks', { vmcNo: line.vmcNo })} <strong>{lineWords(words, run, line)}</strong>
          </span>
          <Group gap="sm" wrap="nowrap">
            <Button size="compact-sm" onClick={() => void answer.run({ line: line.id, yes: true })}>
              {t('work.ask.yes')}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => void answer.run({ line: line.id, yes: false })}
            >
              {t('work.ask.no')}
            </Button>
          </Group>
        </div>
      ))}
      <LiveRegion>{asking[0] === undefined ? '' : lineWords(words, run, asking[0])}</LiveRegion>
      <ErrorNote error={answer.error} />
    </>
  );
}

function Totals({ run }: { readonly run: Run }) {
  const words = useWords();
  const { t } = words;
  const { waves, startedAt, endedAt, machines, by, first } = run;
  return (
    <>
      <RunTotals run={run} />
      <KeyValues>
        <KeyValue label={t('work.detail.begun')}>
          {words.dateTime(startedAt)}{' '}
          <span className="dim">
            · <Ago at={startedAt} />
          </span>
        </KeyValue>
        {by !== '' && <KeyValue label={t('work.record.by')}>{by}</KeyValue>}
        <KeyValue label={t('work.detail.ended')}>
          {endedAt === null ? null : words.dateTime(endedAt)}
        </KeyValue>
        {machines > 1 && <KeyValue label={t('work.detail.waves')}>{wavesWords(words, waves)}</KeyValue>}
        {first !== null && <KeyValue label={t('work.detail.firstWave')}>{t(`work.first.${first}`)}</KeyValue>}
      </KeyValues>
    </>
  );
}

function Plan({ run: { steps } }: { readonly run: Run }) {
  return (
    <ol>
      {steps.map((step, place) => (
        // The same step may occur twice.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={place}>
          <StepText step={step} />
        </li>
      ))}
    </ol>
  );
}
