import { Button } from '@mantine/core';
import { IconHelpCircle } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { navigate } from '../../store/navigate';
import { askingOf } from '../../store/runs';
import { lineWords, runTitle } from '../../text/runWords';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';
import { Banner } from './Banner';

/** A run waits for the user's answer, shown everywhere but beside the run, which has the question itself. */
export function RunBanner() {
  const words = useWords();
  const { t } = words;
  const runs = useCrema((s) => s.openRuns);
  const lines = useCrema((s) => s.runLines);
  const answer = useRequest('answerRun');
  const shown = useCrema(({ route }) =>
    route.screen === 'work' && route.tab === 'runs' ? (route.run ?? null) : null,
  );
  const [first, ...others] = useMemo(
    () => askingOf(runs, lines).filter(({ run }) => run.id !== shown),
    [runs, lines, shown],
  );
  if (first === undefined) return null;
  const { run, line } = first;
  return (
    <Banner
      key={line.id}
      kind="failure"
      icon={<IconHelpCircle size={18} aria-hidden />}
      actions={
        <>
          <Button loading={answer.busy} onClick={() => void answer.run({ line: line.id, yes: true })}>
            {t('work.ask.yes')}
          </Button>
          <Button variant="default" onClick={() => void answer.run({ line: line.id, yes: false })}>
            {t('work.ask.no')}
          </Button>
          <Button variant="subtle" onClick={() => navigate({ screen: 'work', tab: 'runs', run: run.id })}>
            {t('work.ask.open')}
          </Button>
        </>
      }
    >
      {t('work.ask.banner', { vmcNo: line.vmcNo, title: runTitle(words, run) })}{' '}
      <strong>{lineWords(words, run, line)}</strong>{' '}
      {others.length > 0 && <span className="dim">{t('work.ask.more', { count: others.length })}</span>}
      <ErrorNote error={answer.error} />
    </Banner>
  );
}
