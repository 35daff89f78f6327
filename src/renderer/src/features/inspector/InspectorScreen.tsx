import { VisuallyHidden } from '@mantine/core';
import { useWords } from '../../text/useWords';
import { InspectorPane } from './InspectorPane';
import classes from './Inspector.module.css';

/** The frames of all machines. The rail names the screen, and the frames get the line of a heading. */
export function InspectorScreen() {
  const { t } = useWords();
  return (
    <div className={classes['screen']}>
      <VisuallyHidden component="h1">{t('inspector.title')}</VisuallyHidden>
      <InspectorPane vmcNo={null} />
    </div>
  );
}
