import { useCallback } from 'react';
import type { Command } from '#shared/model/command';
import { useCommands } from '../../../bridge/commands';
import { useRemembered } from '../../../store/remembered';
import { useWords } from '../../../text/useWords';
import { EmptyNote } from '../../../ui/EmptyNote';
import { HistoryList, isShare } from '../../../ui/HistoryList';
import { SequenceMenu } from '../runs/SequenceMenu';
import { CommandDetail } from './CommandDetail';
import { CommandColumns, CommandLine } from './CommandLine';
import type { Question } from './forms/types';
import { rowHeights } from '../../../ui/rows';

interface CommandsPaneProps {
  readonly vmcNo: number;
  readonly onAsk: (question: Question) => void;
}

const idOf = ({ id }: Command): number => id;
const always = (): boolean => true;

/** The commands to one machine, and their outcomes. */
export function CommandsPane({ vmcNo, onAsk }: CommandsPaneProps) {
  const { t } = useWords();
  const history = useCommands(vmcNo);
  const [share, setShare] = useRemembered('commandListShare', 58, isShare);
  const line = useCallback((command: Command) => <CommandLine command={command} />, []);
  return (
    <HistoryList<Command>
      {...history}
      words={{
        list: t('control.list.label'),
        resize: t('control.list.resize'),
        unreadable: t('control.list.unreadable'),
        readSoFar: (count) => t('control.list.readSoFar', { count }),
        older: t('control.list.older'),
        newer: (count) => t('control.list.newer', { count }),
      }}
      idOf={idOf}
      finds={always}
      columns={
        <>
          <SequenceMenu vmcNo={vmcNo} />
          <CommandColumns />
        </>
      }
      renderLine={line}
      rowHeight={rowHeights.list}
      nothing={
        <EmptyNote title={t('control.list.none')} text={t('control.list.noneText')}>
          <SequenceMenu vmcNo={vmcNo} alone />
        </EmptyNote>
      }
      searched={false}
      share={share}
      onShare={setShare}
      renderDetail={({ row, close, step }) => (
        <CommandDetail key={row.id} command={row} onAsk={onAsk} onClose={close} onStep={step} />
      )}
    />
  );
}
