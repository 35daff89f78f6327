import type { SequenceStep } from '#shared/model/sequence';
import { doesWords } from '../text/runWords';
import { useWords } from '../text/useWords';

/** The action of a step, and its condition for being skipped. */
export function StepText({ step }: { readonly step: SequenceStep }) {
  const words = useWords();
  const { t } = words;
  return (
    <>
      {doesWords(words, step)}
      {step.do === 'command' && step.withoutProof === true && (
        <span className="dim"> · {t('work.withoutProofNote')}</span>
      )}
      {step.do === 'command' && step.optional === true && (
        <span className="dim"> · {t('work.optionalNote')}</span>
      )}
    </>
  );
}
