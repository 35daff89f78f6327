import { Button } from '@mantine/core';
import { IconFileExport } from '@tabler/icons-react';
import type { Fault } from '#shared/model/history';
import { useWords } from '../../text/useWords';
import { exportFrames } from './faultFrames';

/** Exports the machine's frames around the fault. */
export function ExportFrames({ fault }: { readonly fault: Fault }) {
  const words = useWords();
  const { t } = words;
  return (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={<IconFileExport size={14} aria-hidden />}
      onClick={() => exportFrames(words, fault)}
    >
      {t('faults.exportFrames')}
    </Button>
  );
}
