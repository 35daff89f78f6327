import { Button, VisuallyHidden } from '@mantine/core';
import { missFrame, useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { WarningNote } from '../../ui/WarningNote';
import { InspectorPane } from './InspectorPane';
import classes from './Inspector.module.css';

/** The link that opened the screen names records that are not open. */
function MissedFrame() {
  const { t } = useWords();
  const number = useCrema((s) => s.missedFrame);
  if (number === null) return null;
  return (
    <WarningNote role="alert">
      <p>{t('inspector.missed', { number: String(number) })}</p>
      <Button size="compact-xs" variant="default" onClick={() => missFrame(null)}>
        {t('inspector.missedSeen')}
      </Button>
    </WarningNote>
  );
}

/** The frames of all machines. The rail names the screen, and the frames get the line of a heading. */
export function InspectorScreen() {
  const { t } = useWords();
  return (
    <div className={classes['screen']}>
      <VisuallyHidden component="h1">{t('inspector.title')}</VisuallyHidden>
      <MissedFrame />
      <InspectorPane vmcNo={null} />
    </div>
  );
}
