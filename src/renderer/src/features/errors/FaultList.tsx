import { Button } from '@mantine/core';
import { useCallback, type Ref } from 'react';
import type { Fault } from '#shared/model/history';
import { useFaults, type ShownFaults } from '../../bridge/history';
import { useCrema } from '../../store';
import { faultMatches } from '../../store/faults';
import { navigate } from '../../store/navigate';
import { useRemembered } from '../../store/remembered';
import { useWords } from '../../text/useWords';
import { EmptyNote } from '../../ui/EmptyNote';
import { HistoryList, isShare } from '../../ui/HistoryList';
import type { ListHandle } from '../../ui/VirtualList';
import { FaultDetail } from './FaultDetail';
import { FaultColumns, FaultLine } from './FaultLine';
import { rowHeights } from '../../ui/rows';

interface FaultListProps {
  readonly shown: ShownFaults;
  readonly query: string;
  /** A fault to open when it is loaded. */
  readonly wanted: number | null;
  readonly onLeft: (() => void) | undefined;
  readonly onShowAll: () => void;
  readonly ref: Ref<Pick<ListHandle, 'focus'>>;
}

const idOf = ({ id }: Fault): number => id;

export function FaultList({ shown, query, wanted, onLeft, onShowAll, ref }: FaultListProps) {
  const words = useWords();
  const { t } = words;
  const configs = useCrema((s) => s.configs);
  const { vmcNo, activeOnly, code, during } = shown;
  const history = useFaults(shown);
  const [share, setShare] = useRemembered('faultListShare', 62, isShare);
  const ofAll = vmcNo === null;
  const finds = useCallback(
    (fault: Fault, held: boolean) => {
      if (activeOnly && fault.clearedAt !== null && !held) return false;
      if (query === '') return true;
      const name = configs[fault.vmcNo]?.name ?? '';
      return faultMatches(fault, query, { name, title: words.errorTitle(fault.code, fault.description) });
    },
    [activeOnly, query, configs, words],
  );
  const line = useCallback((fault: Fault) => <FaultLine fault={fault} ofAll={ofAll} />, [ofAll]);
  return (
    <HistoryList
      ref={ref}
      {...history}
      words={{
        list: t('faults.list'),
        resize: t('faults.resize'),
        unreadable: t('faults.unreadable'),
        readSoFar: (count) => t('faults.readSoFar', { count }),
        older: t('faults.older'),
        newer: (count) => t('faults.newer', { count }),
      }}
      idOf={idOf}
      finds={finds}
      columns={<FaultColumns ofAll={ofAll} />}
      renderLine={line}
      rowHeight={rowHeights.list}
      nothing={
        <Nothing
          ofAll={ofAll}
          activeOnly={activeOnly}
          searched={query !== '' || code !== null || during !== null}
          onShowAll={onShowAll}
        />
      }
      searched={query !== ''}
      wanted={wanted}
      onLeft={onLeft}
      share={share}
      onShare={setShare}
      renderDetail={({ row, close, step }) => (
        <FaultDetail fault={row} ofAll={ofAll} onClose={close} onStep={step} />
      )}
    />
  );
}

interface NothingProps {
  readonly ofAll: boolean;
  readonly activeOnly: boolean;
  readonly searched: boolean;
  readonly onShowAll: () => void;
}
/** Why the list is empty, and the next step. */
function Nothing({ ofAll, activeOnly, searched, onShowAll }: NothingProps) {
  const { t } = useWords();
  const noMachine = useCrema((s) => s.machines.size === 0);
  if (searched || activeOnly)
    return (
      <EmptyNote
        title={t(searched ? 'faults.noneMatch' : 'faults.noneActive')}
        {...(searched ? {} : { text: t('faults.noneActiveText') })}
      >
        <Button variant="default" onClick={onShowAll}>
          {t('faults.showAll')}
        </Button>
      </EmptyNote>
    );
  return (
    <EmptyNote title={t('faults.none')} text={t(ofAll ? 'faults.noneText' : 'faults.noneOfMachineText')}>
      {noMachine && <Button onClick={() => navigate({ screen: 'connect' })}>{t('faults.toConnect')}</Button>}
    </EmptyNote>
  );
}
