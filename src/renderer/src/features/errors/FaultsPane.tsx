import { SegmentedControl } from '@mantine/core';
import { useRef, useState } from 'react';
import { useRemembered } from '../../store/remembered';
import { useWords } from '../../text/useWords';
import { SearchField } from '../../ui/SearchField';
import type { ListHandle } from '../../ui/VirtualList';
import { FaultList } from './FaultList';
import classes from './Errors.module.css';

const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';

/** The error history of one machine or of all: a search and a filter above the list. */
export function FaultsPane({ vmcNo }: { readonly vmcNo: number | null }) {
  const { t } = useWords();
  const [query, setQuery] = useState('');
  const [activeOnly, setActiveOnly] = useRemembered('activeErrorsOnly', false, isFlag);
  const list = useRef<ListHandle>(null);
  return (
    <section className={classes['pane']} aria-label={t('faults.title')}>
      <div className={classes['tools']}>
        <SearchField
          label={t('faults.searchLabel')}
          placeholder={t(vmcNo === null ? 'faults.search' : 'faults.searchOfMachine')}
          clearLabel={t('faults.clearSearch')}
          value={query}
          onChange={setQuery}
          onLeave={() => list.current?.focus()}
        />
        <SegmentedControl
          aria-label={t('faults.filter')}
          value={activeOnly ? 'active' : 'all'}
          onChange={(value) => setActiveOnly(value === 'active')}
          data={[
            { value: 'all', label: t('faults.all') },
            { value: 'active', label: t('faults.activeOnly') },
          ]}
        />
      </div>
      <FaultList
        key={`${vmcNo} ${activeOnly}`}
        ref={list}
        vmcNo={vmcNo}
        activeOnly={activeOnly}
        query={query.trim()}
        onShowAll={() => {
          setQuery('');
          setActiveOnly(false);
        }}
      />
    </section>
  );
}
