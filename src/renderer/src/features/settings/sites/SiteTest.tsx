import { Button } from '@mantine/core';
import { useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { SiteTestResult } from '#shared/model/sites';
import { request } from '../../../bridge/request';
import type { Shape } from '../../../text/shapes';
import { troubleWords } from '../../../text/siteWords';
import { useWords } from '../../../text/useWords';
import { ErrorNote } from '../../../ui/ErrorNote';
import { StateShape } from '../../../ui/StateShape';
import classes from './Sites.module.css';

const shapes = {
  ok: 'online',
  failed: 'error',
  skipped: 'pending',
} as const satisfies Record<SiteTestResult['result'], Shape>;

/** The account answered without encryption: the broker is on this computer. */
const isPlain = (results: readonly SiteTestResult[], step: SiteTestResult['step']): boolean =>
  step === 'encryption' &&
  results.some((one) => one.step === 'encryption' && one.result === 'skipped') &&
  results.some((one) => one.step === 'account' && one.result === 'ok');

/** Tries the broker, and shows the six steps with their results. */
export function SiteTest({ id }: { readonly id: string }) {
  const words = useWords();
  const { t } = words;
  const [busy, setBusy] = useState(false);
  const [results, setResults] = useState<readonly SiteTestResult[] | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const run = async (): Promise<void> => {
    setBusy(true);
    const reply = await request('testSite', { id });
    setBusy(false);
    setResults(reply.ok ? reply.value : null);
    setError(reply.ok ? null : reply.error);
  };
  return (
    <section className={classes['file']} aria-label={t('sites.test.run')}>
      <Button variant="default" loading={busy} onClick={() => void run()}>
        {t('sites.test.run')}
      </Button>
      <p className="dim">{t('sites.test.note')}</p>
      <ErrorNote error={error} />
      <div role="status">
        {results !== null && (
          <ol className={classes['steps']} aria-label={t('sites.test.label')}>
            {results.map(({ step, result, trouble, detail }) => (
              <li key={step} data-step={step} data-result={result}>
                <StateShape status={shapes[result]} decorative />
                <span>{t(`sites.test.step.${step}`)}</span>
                <strong>{t(`sites.test.result.${result}`)}</strong>
                <span className="dim">
                  {trouble === null
                    ? isPlain(results, step)
                      ? t('sites.test.notNeeded')
                      : detail
                    : troubleWords(words, trouble)}
                </span>
              </li>
            ))}
          </ol>
        )}
      </div>
    </section>
  );
}
