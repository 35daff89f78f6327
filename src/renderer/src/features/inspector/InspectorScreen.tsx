import { Group } from '@mantine/core';
import type { ComponentType } from 'react';
import { useWords } from '../../text/useWords';
import { InspectorPane } from './InspectorPane';
import classes from './Inspector.module.css';

/** The frames of all machines. */
export function InspectorScreen({ Tools }: { readonly Tools: ComponentType }) {
  const { t } = useWords();
  return (
    <div className={classes['screen']}>
      <Group justify="space-between" align="flex-end" pr="md" pb="xs">
        <h1 className={classes['title']}>{t('inspector.title')}</h1>
        <Tools />
      </Group>
      <InspectorPane vmcNo={null} />
    </div>
  );
}
