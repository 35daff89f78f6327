import { useEffect, useState } from 'react';
import type { Command } from '#shared/model/command';
import type { Run, RunMachine } from '#shared/model/run';
import { request } from '../../bridge/request';
import { runCommands } from '../../bridge/runs';
import { useCrema } from '../../store';
import { upgradedOf } from '../../store/rollouts';
import { packageOf } from '../../store/upgrades';
import { doesWords, lineWords, runState, runTitle, wavesWords } from '../../text/runWords';
import { androidTypeWords, stageWords } from '../../text/upgradeWords';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { LineShape } from '../../ui/LineShape';
import { PaperSheet } from '../../ui/PaperSheet';
import { RunTotals } from '../../ui/RunTotals';
import { clock } from '../../ui/ticker';
import classes from './RunRecord.module.css';

interface RunRecordProps {
  readonly run: Run;
  readonly lines: readonly RunMachine[];
  readonly onClose: () => void;
}

/** A printable record of a run: commands, author, time, package, and the result on each machine with its proof. */
export function RunRecord({ run, lines, onClose }: RunRecordProps) {
  const words = useWords();
  const { t } = words;
  const [commands, setCommands] = useState<ReadonlyMap<number, Command> | null>(null);
  const { id, counts } = run;
  // Loaded again when a machine has progressed.
  const sums = JSON.stringify(counts);
  const [read, setRead] = useState('');
  useEffect(() => {
    if (read === sums) return;
    let isCurrent = true;
    const readOn = async (): Promise<void> => {
      const found = await runCommands(id);
      if (!isCurrent) return;
      setCommands(found);
      setRead(sums);
    };
    void readOn();
    return () => {
      isCurrent = false;
    };
  }, [id, sums, read]);
  const isRollout = packageOf(run) !== null;
  return (
    <PaperSheet
      title={t(isRollout ? 'work.record.upgrade' : 'work.record.title')}
      isReady={commands !== null}
      onSave={async () => request('saveSheet', undefined)}
      onClose={onClose}
    >
      <article className={classes['record']} data-record={id}>
        <h2>{runTitle(words, run)}</h2>
        <Facts run={run} />
        <RunTotals run={run} />
        {commands === null ? (
          <p className="dim">{t('work.detail.reading')}</p>
        ) : (
          <Machines run={run} lines={lines} commands={commands} />
        )}
        <p className={classes['foot']}>{t('work.record.foot', { run: id, at: words.dateTime(clock()) })}</p>
      </article>
    </PaperSheet>
  );
}

function Facts({ run }: { readonly run: Run }) {
  const words = useWords();
  const { t } = words;
  const { steps, by, startedAt, endedAt, waves, first, machines, state, end } = run;
  const packageId = packageOf(run);
  const pkg = useCrema((s) => s.packages.find(({ id }) => id === packageId)) ?? null;
  const facts: (readonly [string, string])[] = [
    [t('work.record.by'), by === '' ? t('work.record.unknown') : by],
    [t('work.detail.begun'), words.dateTime(startedAt)],
    [t('work.detail.ended'), endedAt === null ? runState(words, run) : words.dateTime(endedAt)],
    ...(state === 'ended' && end !== null ? [[t('work.record.how'), t(`work.endNote.${end}`)] as const] : []),
    ...(machines > 1 ? [[t('work.detail.waves'), wavesWords(words, waves)] as const] : []),
    ...(first === null ? [] : [[t('work.detail.firstWave'), t(`work.first.${first}`)] as const]),
  ];
  if (packageId !== null) {
    if (pkg !== null) {
      const kind = pkg.platform === 'android' ? ` · ${androidTypeWords(words, pkg.androidType)}` : '';
      facts.push(
        [t('work.record.file'), pkg.fileName],
        [t('work.record.version'), pkg.version],
        [t('work.record.program'), `${pkg.platform === null ? '' : words.platform(pkg.platform)}${kind}`],
        [t('work.record.size'), `${words.number(pkg.size)} B`],
        [t('upgrades.md5'), pkg.md5],
      );
    }
    // The hash identifies the package even after its removal from the library.
    facts.push([t('upgrades.sha256'), packageId]);
  }
  return (
    <>
      <dl className={classes['facts']}>
        {facts.map(([label, value]) => (
          <div key={label} data-long={value.length > 30 && !value.includes(' ') ? true : undefined}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {steps.length > 1 && (
        <ol>
          {steps.map((step, place) => (
            // The same step may occur twice.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={place}>{doesWords(words, step)}</li>
          ))}
        </ol>
      )}
    </>
  );
}

interface MachinesProps {
  readonly run: Run;
  readonly lines: readonly RunMachine[];
  readonly commands: ReadonlyMap<number, Command>;
}

function Machines({ run, lines, commands }: MachinesProps) {
  const { t } = useWords();
  const isRollout = packageOf(run) !== null;
  const heads = [
    ...(['machine', 'name'] as const),
    ...(isRollout ? (['before', 'after'] as const) : []),
    ...(['state', 'seen', 'begun', 'ended', 'evidence'] as const),
  ];
  return (
    <table className={classes['machines']}>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {t(`work.detail.${head}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Boundary key={line.id} as="tableRow" where={`machine ${line.vmcNo} of the record`} of={line}>
            <Machine run={run} line={line} commands={commands} isRollout={isRollout} />
          </Boundary>
        ))}
      </tbody>
    </table>
  );
}

interface MachineProps extends Pick<MachinesProps, 'run' | 'commands'> {
  readonly line: RunMachine;
  readonly isRollout: boolean;
}
function Machine({ run, line, commands, isRollout }: MachineProps) {
  const words = useWords();
  const { t } = words;
  const { vmcNo, state, steps, since, leftOut } = line;
  const row = useCrema((s) => s.machines.get(vmcNo));
  const upgraded = isRollout ? upgradedOf(line, commands) : null;
  const lineText = lineWords(words, run, line);
  const stage = upgraded === null ? '' : stageWords(words, upgraded.command, upgraded.stage);
  const entries = upgraded?.evidence ?? steps.flatMap(({ last }) => last?.entry ?? []);
  const isOver = leftOut === null && !['waiting', 'running', 'asking'].includes(state);
  return (
    <tr data-record-of={vmcNo}>
      <td className="tabular">{vmcNo}</td>
      <td>{[row?.name, row?.place].filter(Boolean).join(' · ')}</td>
      {isRollout && <td>{upgraded?.before}</td>}
      {isRollout && <td>{upgraded?.after}</td>}
      <td>
        <LineShape state={state} /> {t(`work.line.${state}`)}
      </td>
      <td>{stage !== '' && state === 'running' ? stage : lineText}</td>
      <td>{steps[0] === undefined ? '' : words.dateTime(steps[0].at)}</td>
      <td>{isOver ? words.dateTime(since) : ''}</td>
      <td className="tabular">{entries.join(' ')}</td>
    </tr>
  );
}
