import { CloseButton, SegmentedControl, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useRemembered } from '../../store/remembered';
import { useWords } from '../../text/useWords';
import type { ListHandle } from '../../ui/VirtualList';
import { useHotkey } from '../../ui/useHotkey';
import { FaultList } from './FaultList';
import classes from './Errors.module.css';

const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';

/** The error history of one machine or of all: a search and a filter above the list. */
export function FaultsPane({ vmcNo }: { readonly vmcNo: number | null }) {
  const { t } = useWords();
  const [query, setQuery] = useState('');
  const [activeOnly, setActiveOnly] = useRemembered('activeErrorsOnly', false, isFlag);
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<ListHandle>(null);
  useHotkey('/', () => search.current?.select());
  return (
    <section className={classes['pane']} aria-label={t('errors.title')}>
      <div className={classes['tools']}>
        <TextInput
          ref={search}
          className={classes['search']}
          aria-label={t('errors.searchLabel')}
          aria-keyshortcuts="/"
          placeholder={t(vmcNo === null ? 'errors.search' : 'errors.searchOfMachine')}
          leftSection={<IconSearch size={14} />}
          rightSection={
            query === '' ? null : (
              <CloseButton size="xs" aria-label={t('errors.clearSearch')} onClick={() => setQuery('')} />
            )
          }
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setQuery('');
            if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
            list.current?.focus();
            event.preventDefault();
          }}
        />
        <SegmentedControl
          aria-label={t('errors.filter')}
          value={activeOnly ? 'active' : 'all'}
          onChange={(value) => setActiveOnly(value === 'active')}
          data={[
            { value: 'all', label: t('errors.all') },
            { value: 'active', label: t('errors.activeOnly') },
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
