import { Button, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { memo, useId, useMemo, useState } from 'react';
import { ruleOf } from '#shared/diagnosis/index';
import type { DiagnosisAction } from '#shared/diagnosis/kit/rule';
import { connectionOf } from '#shared/model/connected';
import { reportsUntil } from '#shared/model/glance';
import type { MachineRow } from '#shared/model/machine';
import { isCounted, type ListedProblem } from '#shared/model/problemList';
import { useCrema, wantFrame } from '../../../store';
import { navigate } from '../../../store/navigate';
import { formatRoute } from '../../../store/route';
import { isCapture } from '../../../store/source';
import { actionWords } from '../../../text/diagnosisWords';
import { problemWords } from '../../../text/problemWords';
import { useWords } from '../../../text/useWords';
import { Boundary } from '../../../ui/Boundary';
import { Glued } from '../../../ui/Glued';
import { Panel } from '../../../ui/Panel';
import { severityShape } from '../../../ui/severity';
import { StateShape } from '../../../ui/StateShape';
import { clock } from '../../../ui/ticker';
import { Since } from '../../../ui/Ticking';
import type { Question } from '../commands/forms/types';
import { EarlierProblems } from './EarlierProblems';
import classes from './Problems.module.css';

interface ProblemsProps {
  readonly row: MachineRow;
  readonly problems: readonly ListedProblem[];
  readonly onAsk: (question: Question) => void;
}

/** All problems of the machine: its errors, its link, its diagnosis. The worst first, each with what to do. */
export function Problems({ row, problems, onAsk }: ProblemsProps) {
  const { t } = useWords();
  const inCapture = useCrema(isCapture);
  /** Problems whose details the person opened. */
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const flip = (key: string): void => {
    const others = [...opened].filter((one) => one !== key);
    setOpened(new Set(others.length < opened.size ? others : [...others, key]));
  };
  const counted = problems.filter(isCounted);
  const notes = problems.filter((one) => !isCounted(one));
  const count = counted.length;
  const noCount = problems.length === 0 ? 'problems.title' : 'problems.titleInfo';
  const title = count === 0 ? t(noCount) : t('problems.titleMany', { count });
  // The diagnoses that are shown above are not earlier ones.
  const open = useMemo(
    () => problems.flatMap((one) => ('diagnosis' in one && one.diagnosis !== null ? [one.diagnosis] : [])),
    [problems],
  );
  const item = (problem: ListedProblem) => (
    <Boundary key={problem.key} as="item" where={`problem ${problem.key}`} of={problem}>
      <ProblemItem
        row={row}
        problem={problem}
        isOpen={opened.has(problem.key)}
        onFlip={() => flip(problem.key)}
        onAsk={onAsk}
      />
    </Boundary>
  );
  return (
    <Panel title={title}>
      {problems.length === 0 ? (
        <p className="dim">
          <None row={row} />
        </p>
      ) : (
        <>
          {count > 0 && (
            <ul className={classes['list']} aria-label={t('problems.title')}>
              {counted.map(item)}
            </ul>
          )}
          {count > 0 && notes.length > 0 && <p className={classes['notes']}>{t('problems.notes')}</p>}
          {notes.length > 0 && (
            <ul className={classes['list']} aria-label={t(count > 0 ? 'problems.notes' : 'problems.title')}>
              {notes.map(item)}
            </ul>
          )}
        </>
      )}
      {!inCapture && (
        <Boundary where={`earlier problems of machine ${row.vmcNo}`}>
          <EarlierProblems key={row.vmcNo} vmcNo={row.vmcNo} open={open} />
        </Boundary>
      )}
    </Panel>
  );
}

/** Nothing is listed: there is no problem, or none is known yet, or none was known at the last connection. */
function None({ row }: { readonly row: MachineRow }) {
  const { t, moment } = useWords();
  const now = clock();
  if (!row.online) return t('problems.noneOffline');
  if (connectionOf(row, now).is === 'silent') return t('problems.noneSilent');
  const until = reportsUntil(row, now);
  return until === null ? t('problems.none') : t('problems.noneYet', { time: moment(until, now) });
}

interface ProblemItemProps {
  readonly row: MachineRow;
  readonly problem: ListedProblem;
  readonly isOpen: boolean;
  readonly onFlip: () => void;
  readonly onAsk: (question: Question) => void;
}

/** A machine's state changes ten times a second, its problems rarely. */
const ProblemItem = memo(
  function ProblemItem({ row, problem, isOpen, onFlip, onAsk }: ProblemItemProps) {
    const words = useWords();
    const { t } = words;
    const id = useId();
    const { severity, since, evidence } = problem;
    const rated = t(`machine.severity.${severity}`);
    const { what, code, todo, more } = problemWords(words, problem, row, clock());
    const action = actionOf(problem);
    const help = helpOf(problem);
    const [entry] = evidence;
    const Chevron = isOpen ? IconChevronDown : IconChevronRight;
    return (
      <li
        className={classes['item']}
        data-problem={problem.key}
        data-rule={diagnosisOf(problem)?.rule}
        data-severity={severity}
        data-last-known={!row.online || undefined}
      >
        <StateShape
          status={problem.kind === 'doorOpen' ? 'doorOpen' : severityShape[severity]}
          isLastKnown={!row.online}
          size={14}
          decorative
        />
        <span className={classes['severity']}>
          {row.online ? rated : t('stateLastKnown', { state: rated })}
        </span>
        <div className={classes['what']}>
          {more.length === 0 ? (
            <strong>{what}</strong>
          ) : (
            <UnstyledButton
              className={classes['open']}
              aria-expanded={isOpen}
              aria-controls={id}
              onClick={onFlip}
            >
              <strong>
                <Glued text={what}>
                  <Chevron size={13} aria-hidden />
                </Glued>
              </strong>
            </UnstyledButton>
          )}{' '}
          {code !== null && <span className="mono">{code}</span>}{' '}
          <span className="dim">
            {code !== null && '· '}
            <Since at={since} />
          </span>
          <p className={classes['todo']}>{todo}</p>
          {action !== null && <ProposedAction action={action} vmcNo={row.vmcNo} onAsk={onAsk} />}
          {more.length > 0 && (
            <dl id={id} hidden={!isOpen} className={classes['more']}>
              {more.map(({ label, text }) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>{text}</dd>
                </div>
              ))}
              {help !== null && (
                <div>
                  <dt>{t('problems.help')}</dt>
                  <dd>
                    <a href={help} aria-label={t('help.meansWhat', { what })}>
                      {t('help.means')}
                    </a>
                  </dd>
                </div>
              )}
            </dl>
          )}
        </div>
        {entry !== undefined && (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t('problems.frameOf', { what })}
            title={t('machine.evidence')}
            onClick={() => wantFrame(entry)}
          >
            {t('problems.frame')}
          </Button>
        )}
      </li>
    );
  },
  (a, b) =>
    a.isOpen === b.isOpen &&
    a.row.online === b.row.online &&
    a.row.vmcNo === b.row.vmcNo &&
    JSON.stringify(a.problem) === JSON.stringify(b.problem),
);

const diagnosisOf = (problem: ListedProblem) => ('diagnosis' in problem ? problem.diagnosis : null);

function actionOf(problem: ListedProblem): DiagnosisAction | null {
  const diagnosis = diagnosisOf(problem);
  return diagnosis === null ? null : (ruleOf(diagnosis.rule).causes[diagnosis.cause] ?? null);
}

function helpOf(problem: ListedProblem): string | null {
  const diagnosis = diagnosisOf(problem);
  if (diagnosis !== null) return formatRoute({ screen: 'help', topic: 'diagnosis', item: diagnosis.rule });
  return null;
}

interface ProposedActionProps {
  readonly action: DiagnosisAction;
  readonly vmcNo: number;
  readonly onAsk: (question: Question) => void;
}
function ProposedAction({ action, vmcNo, onAsk }: ProposedActionProps) {
  const words = useWords();
  const inCapture = useCrema(isCapture);
  // A capture allows only links to lists.
  if (inCapture && action.kind !== 'tab') return null;
  const act = (): void => {
    switch (action.kind) {
      case 'setting':
        return navigate({ screen: 'machines', vmcNo, tab: 'settings' });
      case 'command':
        return onAsk({ what: 'command', name: action.command, input: null });
      case 'tab':
        return navigate({ screen: 'machines', vmcNo, tab: action.tab });
      case 'screen':
        return navigate({ screen: action.screen });
    }
  };
  return (
    <Button size="compact-xs" variant="default" mt="xs" onClick={act}>
      {actionWords(words, action)}
    </Button>
  );
}
