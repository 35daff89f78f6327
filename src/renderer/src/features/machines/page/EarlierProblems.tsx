import type { Diagnosis } from '#shared/model/diagnosis';
import { useEarlierDiagnoses } from '../../../bridge/diagnoses';
import { diagnosisWords } from '../../../text/diagnosisWords';
import { useWords } from '../../../text/useWords';
import { Boundary } from '../../../ui/Boundary';
import { ErrorNote } from '../../../ui/ErrorNote';
import { useFold } from '../../../store/remembered';
import { Fold } from '../../../ui/Fold';
import { FrameLink } from './FrameLink';
import classes from './Problems.module.css';

interface EarlierProps {
  readonly vmcNo: number;
  /** Problems that are listed as present. */
  readonly open: readonly Diagnosis[];
}

/** Past problems, read when the person opens them. */
export function EarlierProblems({ vmcNo, open }: EarlierProps) {
  const { t } = useWords();
  return (
    <Fold {...useFold('earlier')} title={t('diagnosis.history')}>
      <EarlierList vmcNo={vmcNo} open={open} />
    </Fold>
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
    <ul className={classes['earlier']} aria-label={t('diagnosis.history')}>
      {rows.map((diagnosis) => (
        <Boundary key={diagnosis.id} as="item" where={`earlier diagnosis ${diagnosis.id}`} of={diagnosis}>
          <EarlierItem diagnosis={diagnosis} />
        </Boundary>
      ))}
    </ul>
  );
}

function EarlierItem({ diagnosis }: { readonly diagnosis: Diagnosis }) {
  const words = useWords();
  const { rule, since, until, evidence } = diagnosis;
  const [entry] = evidence;
  const lasted = words.t('diagnosis.lasted', {
    from: words.dateTime(since),
    time: words.duration((until ?? since) - since),
  });
  return (
    <li data-rule={rule}>
      {diagnosisWords(words, diagnosis).what}{' '}
      <span className="dim tabular">
        · {entry === undefined ? lasted : <FrameLink entry={entry}>{lasted}</FrameLink>}
      </span>
    </li>
  );
}
