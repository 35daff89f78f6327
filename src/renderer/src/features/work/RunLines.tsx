import { Button } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import { openStates } from '#shared/model/command';
import { isKept, type LineStep, type Run, type RunMachine } from '#shared/model/run';
import { useCrema } from '../../store';
import { navigate, showFrame } from '../../store/navigate';
import { lineWords, outcomeWords } from '../../text/runWords';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { Ago, Ticking } from '../../ui/Ticking';
import { VirtualList } from '../../ui/VirtualList';
import { LineShape } from '../../ui/LineShape';
import { StepText } from '../../ui/StepText';
import { rowHeights } from '../../ui/rows';
import classes from './Work.module.css';

interface RunLinesProps {
  readonly run: Run;
  readonly lines: readonly RunMachine[];
}

/** Each machine with its progress; one of them with its steps. */
export function RunLines({ run, lines }: RunLinesProps) {
  const { t } = useWords();
  const byId = useMemo(() => new Map(lines.map((line) => [line.id, line])), [lines]);
  const ids = useMemo(() => lines.map(({ id }) => id), [lines]);
  const [chosen, setChosen] = useState<number | null>(null);
  const [only] = ids.length === 1 ? ids : [];
  const opened = byId.get(only ?? chosen ?? -1);
  const renderRow = useCallback(
    (id: number) => {
      const line = byId.get(id);
      return line === undefined ? null : <MachineOfRun run={run} line={line} />;
    },
    [byId, run],
  );
  return (
    <>
      {only === undefined && (
        <div
          className={classes['machines']}
          style={{ height: Math.min(340, ids.length * rowHeights.list + 2) }}
        >
          <VirtualList
            label={t('work.detail.machines')}
            ids={ids}
            rowHeight={rowHeights.list}
            selected={chosen}
            onSelect={setChosen}
            itemOf={(id) => byId.get(id)}
            renderRow={renderRow}
          />
        </div>
      )}
      {opened !== undefined && (
        <Boundary where={`machine ${opened.vmcNo} of run ${run.id}`} of={opened}>
          <Steps run={run} line={opened} />
        </Boundary>
      )}
    </>
  );
}

function MachineOfRun({ run, line }: { readonly run: Run; readonly line: RunMachine }) {
  const words = useWords();
  const name = useCrema((s) => s.machines.get(line.vmcNo)?.name ?? '');
  const isAway = useCrema((s) => s.machines.get(line.vmcNo)?.online !== true);
  const { vmcNo, state, since } = line;
  const lineText = lineWords(words, run, line);
  const isAwaited = state === 'waiting' && isAway && isKept(run);
  const where = isAwaited
    ? words.t('work.waitsForLogin')
    : lineText === ''
      ? words.t(`work.line.${state}`)
      : lineText;
  return (
    <div className={classes['machine']} data-machine-of-run={vmcNo} data-state={state}>
      <LineShape state={state} />
      <span className="tabular" title={name}>
        {vmcNo}
      </span>
      <span title={where}>{where}</span>
      <Ago at={since} />
    </div>
  );
}

/** All steps: completed ones with their proof, and those ahead. */
function Steps({ run, line }: { readonly run: Run; readonly line: RunMachine }) {
  const words = useWords();
  const { t } = words;
  const { vmcNo, steps, state, leftOut } = line;
  return (
    <div data-steps-of={vmcNo}>
      <p>
        <LineShape state={state} /> <strong>{t('work.detail.lineOf', { vmcNo })}</strong>{' '}
        {t(`work.line.${state}`)}{' '}
        <Button
          variant="default"
          size="compact-xs"
          onClick={() => navigate({ screen: 'machines', vmcNo, tab: 'commands' })}
        >
          {t('work.detail.toMachine')}
        </Button>
      </p>
      {steps.length === 0 && (
        <p className="dim">{leftOut === null ? t('work.detail.notBegun') : lineWords(words, run, line)}</p>
      )}
      <ol className={classes['steps']}>
        {run.steps.map((step, place) => {
          const taken = steps[place];
          return (
            // The same step may occur twice.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={place} data-ahead={taken === undefined || undefined}>
              <span className="dim tabular">
                {taken === undefined ? '' : words.clock(taken.at).slice(0, 8)}
              </span>
              <span>
                <StepText step={step} />
                {taken !== undefined && (
                  <>
                    {' '}
                    <span className="dim">· {outcomeWords(words, step, taken)}</span> <Until step={taken} />
                  </>
                )}
              </span>
              <Evidence vmcNo={vmcNo} step={taken} />
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/** The remaining time of a pause, or of an unsent command's wait for its machine. */
function Until({ step: { until, outcome, command } }: { readonly step: LineStep }) {
  const words = useWords();
  const waiting = useCrema((s) => (command === null ? undefined : s.running.get(command)));
  if (outcome !== null) return null;
  if (until !== null)
    return (
      <Ticking
        className="dim"
        text={(now) => words.t('work.waitUntil', { time: words.duration(Math.max(0, until - now)) })}
      />
    );
  if (waiting === undefined || !openStates.has(waiting.state) || waiting.state !== 'queued') return null;
  return (
    <Ticking
      className="dim"
      text={(now) => words.t('work.queuedUntil', { time: words.duration(Math.max(0, waiting.until - now)) })}
    />
  );
}

function Evidence({ vmcNo, step }: { readonly vmcNo: number; readonly step: LineStep | undefined }) {
  const { t } = useWords();
  const entry = step?.last?.entry ?? null;
  if (entry === null) return null;
  return (
    <Button variant="default" size="compact-xs" onClick={() => showFrame(vmcNo, entry)}>
      {t('work.detail.showFrame', { id: entry })}
    </Button>
  );
}
