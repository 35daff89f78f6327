import { ActionIcon, Button } from '@mantine/core';
import { IconBookmark, IconFileExport, IconX } from '@tabler/icons-react';
import { askExport, useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import classes from './Inspector.module.css';

interface ChosenBarProps {
  readonly onMark: () => void;
  readonly onClear: () => void;
}

/** What can be done with several lines at once. */
export function ChosenBar({ onMark, onClear }: ChosenBarProps) {
  const { t } = useWords();
  const count = useCrema((s) => s.chosenFrames.length);
  return (
    <div className={classes['chosen']} role="group" aria-label={t('frames.chosen.label')}>
      <span role="status">{t('frames.chosen.count', { count })}</span>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconFileExport size={13} aria-hidden />}
        onClick={() => askExport(true)}
      >
        {t('frames.chosen.export')}
      </Button>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconBookmark size={13} aria-hidden />}
        onClick={onMark}
      >
        {t('frames.mark.mark')}
      </Button>
      <ActionIcon
        size={20}
        aria-label={t('frames.chosen.clear')}
        title={t('frames.chosen.clear')}
        onClick={onClear}
      >
        <IconX size={14} aria-hidden />
      </ActionIcon>
    </div>
  );
}
