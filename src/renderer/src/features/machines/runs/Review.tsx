import { Button, Group } from '@mantine/core';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Effect } from '#shared/commands/kit/definition';
import { riskOn, rowOf } from '#shared/commands/kit/rows';
import type { AppError } from '#shared/contract/errors';
import type { Args, Reply } from '#shared/contract/requests/index';
import {
  isKept,
  isThere,
  rolloutWaves,
  together,
  type Hours,
  type RunPreview,
  type StartedRun,
  type Waves,
} from '#shared/model/run';
import type { OwnText, RunStep } from '#shared/model/sequence';
import { request } from '../../../bridge/request';
import { useCrema } from '../../../store';
import { appErrorWords } from '../../../text/appErrorWords';
import { clockOf } from '../../../text/phrases';
import { doesWords } from '../../../text/runWords';
import type { Words } from '../../../text/words';
import { useWords } from '../../../text/useWords';
import { ErrorNote } from '../../../ui/ErrorNote';
import { PlanChanges } from '../../../ui/PlanChanges';
import { StepText } from '../../../ui/StepText';
import { VirtualList } from '../../../ui/VirtualList';
import { WarningNote } from '../../../ui/WarningNote';
import { WavesForm } from './WavesForm';
import { begunFirst, typedWaves, wavesOf, type TypedWaves } from './waves';
import { rowHeights } from '../../../ui/rows';
import classes from './Start.module.css';

interface ReviewProps {
  readonly title: OwnText | null;
  readonly steps: readonly RunStep[];
  readonly machines: readonly number[];
  readonly onStarted: (run: number) => void;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}

/** The requests take only data that the rows' schemas accept. */
type Steps = Args<'startRun'>['steps'];

const previewOf = (machines: readonly number[], steps: readonly RunStep[]): Promise<Reply<'previewRun'>> =>
  request('previewRun', { machines: [...machines], steps: [...steps] as Steps });

/** The commands for each machine, the machines that can't get them, the risks with one question for all, and the waves. */
export function Review({ title, steps, machines, onStarted, onCancel, children }: ReviewProps) {
  const words = useWords();
  const { t } = words;
  const [only] = steps;
  const [preview, setPreview] = useState<readonly RunPreview[] | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [busy, setBusy] = useState(false);
  /** Some machines differ from the shown preview. */
  const [started, setStarted] = useState<StartedRun | null>(null);
  const [typed, setTyped] = useState<TypedWaves>(typedWaves(isKept({ steps }) ? rolloutWaves : together));
  useEffect(() => {
    let isCurrent = true;
    const look = async (): Promise<void> => {
      const reply = await previewOf(machines, steps);
      if (!isCurrent) return;
      if (reply.ok) setPreview(reply.value);
      else setError(reply.error);
    };
    void look();
    return () => {
      isCurrent = false;
    };
  }, [machines, steps]);
  const lookAgain = async (): Promise<void> => {
    setBusy(true);
    const reply = await previewOf(machines, steps);
    setBusy(false);
    if (reply.ok) setPreview(reply.value);
    setError(reply.ok ? null : reply.error);
  };
  const able = useMemo(() => (preview ?? []).filter(({ refused }) => refused === null), [preview]);
  const isOne = machines.length === 1;
  const waves: Waves | null = useMemo(() => (isOne ? together : wavesOf(typed)), [isOne, typed]);
  // The last valid waves stay shown while the typed text is wrong.
  const [shown, setShown] = useState(waves);
  if (waves !== null && waves !== shown) setShown(waves);
  const hours = shown?.hours ?? null;
  const first = useMemo(() => {
    const online = able.filter((one) => one.online).map(({ vmcNo }) => vmcNo);
    return new Set(online.slice(0, begunFirst(shown ?? together, online.length)));
  }, [able, shown]);
  const start = async (): Promise<void> => {
    if (waves === null || able.length === 0) return;
    setBusy(true);
    setError(null);
    const reply = await request('startRun', {
      title,
      steps: [...steps] as Steps,
      machines: able.map(({ vmcNo }) => vmcNo),
      leftOut: (preview ?? []).flatMap(({ vmcNo, refused }) =>
        refused === null ? [] : { vmcNo, step: refused.step, error: refused.error },
      ),
      waves,
    });
    setBusy(false);
    if (!reply.ok) {
      setError(reply.error);
      return;
    }
    const { run, changed } = reply.value;
    if (run !== null && changed.length === 0) onStarted(run.id);
    else setStarted(reply.value);
  };
  if (started !== null) {
    const { run, changed } = started;
    const close = (): void => {
      if (run !== null) {
        onStarted(run.id);
        return;
      }
      setStarted(null);
      void lookAgain();
    };
    return <PlanChanges steps={steps} isStarted={run !== null} changed={changed} onClose={close} />;
  }
  return (
    <form
      className={classes['page']}
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      {steps.length === 1 && only !== undefined ? (
        saysMore(words, only) && (
          <p>
            <StepText step={only} />
          </p>
        )
      ) : (
        <ol className={classes['steps']}>
          {steps.map((step, place) => (
            // The same step may occur twice.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={place}>
              <StepText step={step} />
            </li>
          ))}
        </ol>
      )}
      {preview === null ? (
        error === null && (
          <p className="dim" role="status">
            {t('work.start.looking')}
          </p>
        )
      ) : (
        <>
          <Risks steps={steps} able={able} />
          <Sum steps={steps} preview={preview} first={first.size} hours={hours} />
          <div
            className={classes['list']}
            style={{ height: Math.min(210, preview.length * rowHeights.list + 2) }}
          >
            <VirtualList
              label={t('work.start.list')}
              ids={preview.map((_, at) => at)}
              rowHeight={rowHeights.list}
              selected={null}
              onSelect={() => undefined}
              itemOf={(at) => preview[at]}
              renderRow={(at) => (
                <PreviewLine steps={steps} preview={preview[at]} first={first} hours={hours} />
              )}
            />
          </div>
          {machines.length > 1 && <WavesForm typed={typed} onChange={setTyped} />}
        </>
      )}
      <ErrorNote error={error} />
      {preview === null && error !== null && (
        <Group>
          <Button variant="default" size="xs" loading={busy} onClick={() => void lookAgain()}>
            {t('app.again')}
          </Button>
        </Group>
      )}
      {preview !== null && able.length === 0 && <p role="status">{t('work.start.nobody')}</p>}
      <Group gap="sm" justify="flex-end" className={classes['foot']}>
        {children}
        <Button variant="default" onClick={onCancel}>
          {t('app.cancel')}
        </Button>
        <Button type="submit" loading={busy} disabled={able.length === 0 || waves === null} data-autofocus>
          {t('work.start.go', { count: able.length })}
        </Button>
      </Group>
    </form>
  );
}

/** Whether a step says more than its command, which was just chosen. */
const saysMore = (words: Words, step: RunStep): boolean =>
  step.do !== 'command' || doesWords(words, step) !== words.t(`command.${step.name}.name`);

interface RisksProps {
  readonly steps: readonly RunStep[];
  readonly able: readonly RunPreview[];
}

/** The effects on machines or on money, the worst of each command. */
function Risks({ steps, able }: RisksProps) {
  const { t } = useWords();
  const rows = useCrema((s) => s.machines);
  const risks = new Set<Effect>();
  for (const step of steps) {
    if (step.do !== 'command') continue;
    for (const { vmcNo } of able) {
      const risk = riskOn(step.name, rows.get(vmcNo)?.platform ?? null);
      if (risk !== 'none') risks.add(risk);
    }
  }
  if (risks.size === 0) return null;
  return (
    <WarningNote>
      <strong>{[...risks].map((risk) => t(`commandRisk.${risk}`)).join(' ')}</strong>{' '}
      {t('work.start.concerns', { count: able.length })}
    </WarningNote>
  );
}

const queueOf = (steps: readonly RunStep[]): number => {
  const first = steps.find((step) => step.do === 'command');
  return first === undefined ? 0 : rowOf(first.name).queueFor;
};

const clocksOf = ({ from, to }: Hours) => ({ from: clockOf(from), to: clockOf(to) });

interface SumProps {
  readonly steps: readonly RunStep[];
  readonly preview: readonly RunPreview[];
  /** Number of machines in the first wave. */
  readonly first: number;
  readonly hours: Hours | null;
}
function Sum({ steps, preview, first, hours }: SumProps) {
  const words = useWords();
  const { t } = words;
  const able = preview.filter(({ refused }) => refused === null);
  const later = able.filter(({ online }) => !online).length;
  const inWaves = able.length - later - first;
  const already = preview.filter(({ refused }) => refused !== null && isThere(refused)).length;
  const cannot = preview.length - able.length - already;
  return (
    <>
      <p className={classes['sum']} role="status" data-sum>
        {first > 0 && (
          <span>
            {hours === null
              ? t('work.start.now', { count: first })
              : t('work.start.nowAt', { count: first, ...clocksOf(hours) })}
          </span>
        )}
        {inWaves > 0 && <span>{t('work.start.inWaves', { count: inWaves })}</span>}
        {later > 0 && (
          <span>
            {isKept({ steps })
              ? t('work.start.login', { count: later })
              : t('work.start.later', { count: later, time: words.duration(queueOf(steps)) })}
          </span>
        )}
        {already > 0 && <span>{t('work.start.already', { count: already })}</span>}
        {cannot > 0 && <span data-cannot>{t('work.start.cannot', { count: cannot })}</span>}
      </p>
      {steps.map((step, place) => {
        const count = able.filter(({ unprovable }) => unprovable.includes(place)).length;
        if (step.do !== 'command' || count === 0) return null;
        return (
          // The same step may occur twice.
          // oxlint-disable-next-line react/no-array-index-key
          <p key={place} className="dim">
            {t('work.start.unprovable', { count, command: t(`command.${step.name}.name`) })}
          </p>
        );
      })}
    </>
  );
}

interface PreviewLineProps {
  readonly steps: readonly RunStep[];
  readonly preview: RunPreview | undefined;
  /** Machines of the first wave. */
  readonly first: ReadonlySet<number>;
  readonly hours: Hours | null;
}
function PreviewLine({ steps, preview, first, hours }: PreviewLineProps) {
  const words = useWords();
  const { t } = words;
  const row = useCrema((s) => s.machines.get(preview?.vmcNo ?? -1));
  if (preview === undefined) return null;
  const { vmcNo, online, refused } = preview;
  const offline = isKept({ steps })
    ? t('work.waitsForLogin')
    : t('work.start.offline', { time: words.duration(queueOf(steps)) });
  const now = hours === null ? t('work.start.atOnce') : t('work.start.atHours', clocksOf(hours));
  const inTurn = first.has(vmcNo) ? now : t('work.start.laterWave');
  const note = refused === null ? (online ? inTurn : offline) : appErrorWords(words, refused.error);
  return (
    <div className={classes['line']} data-preview={vmcNo} data-cannot={refused !== null || undefined}>
      <span className="tabular">{vmcNo}</span>
      <span title={row?.name}>{row?.name}</span>
      <span className="dim">{row?.platform == null ? null : words.platform(row.platform)}</span>
      <span title={note}>{note}</span>
    </div>
  );
}
