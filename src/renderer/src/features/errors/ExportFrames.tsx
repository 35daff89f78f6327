import { Button } from '@mantine/core';
import { IconFileExport } from '@tabler/icons-react';
import type { Fault } from '#shared/model/history';
import { askExport } from '../../store';
import { listTime } from '../../text/listTime';
import { useWords } from '../../text/useWords';
import { clock } from '../../ui/ticker';
import { framesOfSpan, spanOfFault } from './faultFrames';

/** Exports the machine's frames around the fault. */
export function ExportFrames({ fault }: { readonly fault: Fault }) {
  const words = useWords();
  const { t } = words;
  const { vmcNo } = fault;
  const start = (): void => {
    const now = clock();
    const span = spanOfFault(fault, now);
    const [from, to] = [listTime(words, span.from, now), listTime(words, span.to, now)];
    askExport({
      filter: framesOfSpan(vmcNo, span),
      label: t('faults.exportWhat', { vmcNo, from, to }),
    });
  };
  return (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={<IconFileExport size={14} aria-hidden />}
      onClick={start}
    >
      {t('faults.exportFrames')}
    </Button>
  );
}
