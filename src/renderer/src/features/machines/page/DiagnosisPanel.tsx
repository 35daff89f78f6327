import { Button, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconHelp } from '@tabler/icons-react';
import { memo, useId, useState } from 'react';
import { ruleOf } from '#shared/diagnosis/index';
import type { DiagnosisAction } from '#shared/diagnosis/kit/rule';
import type { Diagnosis } from '#shared/model/diagnosis';
import type { MachineRow, MachineState } from '#shared/model/machine';
import { knownBeside } from '#shared/model/problems';
import { useDiagnoses, useEarlierDiagnoses } from '../../../bridge/diagnoses';
import { useCrema } from '../../../store';
import { navigate } from '../../../store/navigate';
import { formatRoute } from '../../../store/route';
import { isCapture } from '../../../store/source';
import { actionWords, diagnosisWords } from '../../../text/diagnosisWords';
import { useWords } from '../../../text/useWords';
import { Boundary } from '../../../ui/Boundary';
import { ErrorNote } from '../../../ui/ErrorNote';
import { Glued } from '../../../ui/Glued';
import { Panel } from '../../../ui/Panel';
import { StateShape } from '../../../ui/StateShape';
import { severityShape } from '../../../ui/severity';
import { clock } from '../../../ui/ticker';
import { Since } from '../../../ui/Ticking';
import type { Question } from '../commands/forms/types';
import { Evidence } from './Evidence';
import facts from './Facts.module.css';
import classes from './Diagnosis.module.css';

interface DiagnosisPanelProps {
  readonly row: MachineRow;
  readonly state: MachineState;
  readonly onAsk: (question: Question) => void;
}

/** Problems with their times, causes and remedies; worst first. */
export function DiagnosisPanel({ row, state, onAsk }: DiagnosisPanelProps) {
  // Renders when time alone changes the status.
  useCrema((s) => s.list.statuses.get(row.vmcNo));
  const diagnoses = useDiagnoses(state, row.platform);
  return (
    <Diagnoses vmcNo={row.vmcNo} diagnoses={diagnoses} beyond={knownBeside(row, clock())} onAsk={onAsk} />
  );
}

interface DiagnosesProps {
  readonly vmcNo: number;
  readonly diagnoses: readonly Diagnosis[];
  /** Problems that the page shows beside the diagnoses. */
  readonly beyond: ReturnType<typeof knownBeside>;
  readonly onAsk: (question: Question) => void;
}

/** A machine's state changes ten times a second, its diagnoses rarely. */
const Diagnoses = memo(function Diagnoses({ vmcNo, diagnoses, beyond, onAsk }: DiagnosesProps) {
  const { t } = useWords();
  const inCapture = useCrema(isCapture);
  /** Diagnoses that the user opened or closed; by default the first is open. */
  const [chosen, setChosen] = useState<ReadonlyMap<number, boolean>>(new Map());
  return (
    <Panel title={t('diagnosis.title')}>
      {diagnoses.length === 0 ? (
        <p className="dim">{t(`diagnosis.none.${beyond}`)}</p>
      ) : (
        <ul className={facts['items']} aria-label={t('diagnosis.title')}>
          {diagnoses.map((diagnosis, index) => (
            <Boundary key={diagnosis.id} as="item" where={`diagnosis ${diagnosis.rule}`} of={diagnosis}>
              <DiagnosisItem
                diagnosis={diagnosis}
                isOpen={chosen.get(diagnosis.id) ?? index === 0}
                onOpen={(isOpen) => setChosen(new Map([...chosen, [diagnosis.id, isOpen]]))}
                onAsk={onAsk}
              />
            </Boundary>
          ))}
        </ul>
      )}
      {!inCapture && (
        <Boundary where={`earlier diagnoses of machine ${vmcNo}`}>
          <Earlier key={vmcNo} vmcNo={vmcNo} open={diagnoses} />
        </Boundary>
      )}
    </Panel>
  );
});

interface DiagnosisItemProps {
  readonly diagnosis: Diagnosis;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly onAsk: (question: Question) => void;
}

function DiagnosisItem({ diagnosis, isOpen, onOpen, onAsk }: DiagnosisItemProps) {
  const words = useWords();
  const { t } = words;
  const id = useId();
  const { rule, since, evidence, cause, vmcNo } = diagnosis;
  const { severity, causes } = ruleOf(rule);
  const says = diagnosisWords(words, diagnosis);
  const action = causes[cause] ?? null;
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <li className={classes['diagnosis']} data-rule={rule} data-severity={severity}>
      <StateShape status={severityShape[severity]} size={13} decorative />
      <div>
        <UnstyledButton
          className={classes['says']}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => onOpen(!isOpen)}
        >
          <Glued text={says.what}>
            <Chevron size={13} aria-hidden />
          </Glued>
        </UnstyledButton>{' '}
        <span className={classes['when']}>
          <span className="dim">
            · <Since at={since} />
          </span>{' '}
          {evidence.slice(0, 3).map((entry) => (
            <Evidence key={entry} entry={entry} />
          ))}{' '}
          <a
            className={classes['about']}
            href={formatRoute({ screen: 'help', topic: 'diagnosis', item: rule })}
            aria-label={t('help.meansWhat', { what: says.what })}
            title={t('help.means')}
          >
            <IconHelp size={13} aria-hidden />
          </a>
        </span>
        <dl id={id} hidden={!isOpen} className={classes['more']}>
          <dt>{t('diagnosis.why')}</dt>
          <dd>{says.why}</dd>
          <dt>{t('diagnosis.leads')}</dt>
          <dd>{says.leads}</dd>
          <dt>{t('diagnosis.todo')}</dt>
          <dd>
            {says.todo}
            {action !== null && (
              <div>
                <ProposedAction action={action} vmcNo={vmcNo} onAsk={onAsk} />
              </div>
            )}
          </dd>
        </dl>
      </div>
    </li>
  );
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
    <Button size="compact-sm" variant="default" mt="xs" onClick={act}>
      {actionWords(words, action)}
    </Button>
  );
}

interface EarlierProps {
  readonly vmcNo: number;
  readonly open: readonly Diagnosis[];
}

/** Past problems. */
function Earlier({ vmcNo, open }: EarlierProps) {
  const words = useWords();
  const { t } = words;
  const [isShown, setIsShown] = useState(false);
  const id = useId();
  const Chevron = isShown ? IconChevronDown : IconChevronRight;
  return (
    <div className={facts['block']}>
      <UnstyledButton
        className={classes['says']}
        aria-expanded={isShown}
        aria-controls={id}
        onClick={() => setIsShown(!isShown)}
      >
        <h3>
          {t('diagnosis.history')} <Chevron size={13} aria-hidden />
        </h3>
      </UnstyledButton>
      <div id={id} hidden={!isShown}>
        {isShown && <EarlierList vmcNo={vmcNo} open={open} />}
      </div>
    </div>
  );
}

function EarlierList({ vmcNo, open }: EarlierProps) {
  const words = useWords();
  const { t } = words;
  const { rows, begun, error } = useEarlierDiagnoses(vmcNo, open);
  if (error !== null) return <ErrorNote error={error} />;
  if (!begun) return null;
  if (rows.length === 0) return <p className="dim">{t('diagnosis.noHistory')}</p>;
  return (
    <ul className={facts['items']} aria-label={t('diagnosis.history')}>
      {rows.map((diagnosis) => (
        <Boundary key={diagnosis.id} as="item" where={`earlier diagnosis ${diagnosis.id}`} of={diagnosis}>
          <li className={classes['diagnosis']} data-rule={diagnosis.rule}>
            <div>
              {diagnosisWords(words, diagnosis).what}{' '}
              <span className="dim tabular">
                ·{' '}
                {t('diagnosis.lasted', {
                  from: words.dateTime(diagnosis.since),
                  time: words.duration((diagnosis.until ?? diagnosis.since) - diagnosis.since),
                })}
              </span>{' '}
              {diagnosis.evidence.slice(0, 1).map((entry) => (
                <Evidence key={entry} entry={entry} />
              ))}
            </div>
          </li>
        </Boundary>
      ))}
    </ul>
  );
}
