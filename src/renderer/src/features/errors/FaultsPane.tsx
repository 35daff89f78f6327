import { Button, SegmentedControl } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useRef, useState, type ReactNode } from 'react';
import { useFaultSums } from '../../bridge/faultSums';
import { isFlag, useRemembered } from '../../store/remembered';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { FoldButton } from '../../ui/FoldButton';
import { SearchField } from '../../ui/SearchField';
import type { ListHandle } from '../../ui/VirtualList';
import { OwnCatalogue } from './catalogue/OwnCatalogue';
import { FaultCharts, type Day } from './FaultCharts';
import { FaultGroups } from './FaultGroups';
import { FaultList } from './FaultList';
import classes from './Errors.module.css';

const isView = (value: unknown): value is 'codes' | 'time' => value === 'codes' || value === 'time';

interface FaultsPaneProps {
  readonly vmcNo: number | null;
  /** The heading of the screen, in the line of the controls. */
  readonly title?: ReactNode;
  /** A fault to open when it is loaded. */
  readonly wanted?: number | null;
  /** The user left that fault. */
  readonly onLeft?: (() => void) | undefined;
}

/** The fault history of one machine or of all: one line of controls and the charts above the list or the groups. */
export function FaultsPane({ vmcNo, title, wanted = null, onLeft }: FaultsPaneProps) {
  const words = useWords();
  const { t } = words;
  const ofAll = vmcNo === null;
  const [query, setQuery] = useState('');
  const [activeOnly, setActiveOnly] = useRemembered('activeErrorsOnly', false, isFlag);
  const [chosenView, setView] = useRemembered('errorsView', 'time', isView);
  const [charts, setCharts] = useRemembered('errorChartsShown', false, isFlag);
  const [code, setCode] = useState<string | null>(null);
  const [day, setDay] = useState<Day | null>(null);
  const [sought, setSought] = useState<number | null>(null);
  if (wanted !== sought) setSought(wanted);
  if (wanted !== sought && wanted !== null) {
    // Clear every filter that could hide the fault.
    setView('time');
    setQuery('');
    setActiveOnly(false);
    setCode(null);
    setDay(null);
  }
  const [catalogue, setCatalogue] = useState(false);
  const list = useRef<ListHandle>(null);
  // If the sums can't be read, the list shows the error.
  const summed = useFaultSums({ vmcNo, code });
  const sums = summed?.sums ?? null;
  const active = sums === null ? null : sums.codes.reduce((all, sum) => all + sum.active, 0);
  const isNarrowed = code !== null || day !== null;
  // A bar or a group opens the list.
  const view = isNarrowed ? 'time' : chosenView;
  const openCode = (next: string): void => {
    setDay(null);
    setCode(next);
  };
  return (
    <section className={classes['pane']} aria-label={t('faults.title')}>
      <div className={classes['tools']} data-tools>
        {title}
        <SearchField
          label={t('faults.searchLabel')}
          placeholder={t(ofAll ? 'faults.search' : 'faults.searchOfMachine')}
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
            {
              value: 'active',
              label: active === null ? t('faults.active') : t('faults.activeCount', { count: active }),
            },
            { value: 'all', label: t('faults.all') },
          ]}
        />
        <SegmentedControl
          aria-label={t('faults.view')}
          value={view}
          onChange={(value) => {
            if (!isView(value)) return;
            setView(value);
            setCode(null);
            setDay(null);
          }}
          data={[
            { value: 'time', label: t('faults.byTime') },
            { value: 'codes', label: t('faults.byCode') },
          ]}
        />
        <FoldButton label={t('faults.charts')} isOpen={charts} onToggle={setCharts} />
        {isNarrowed && (
          <Button
            variant="light"
            size="compact-sm"
            rightSection={<IconX size={13} />}
            aria-description={t('faults.noLonger')}
            onClick={() => {
              setCode(null);
              setDay(null);
            }}
          >
            {[
              code !== null && t('faults.onlyCode', { code }),
              day !== null && t('faults.onlyDay', { day: words.date(day.from) }),
            ]
              .filter((part) => part !== false)
              .join(' · ')}
          </Button>
        )}
        {ofAll && (
          <Button variant="default" ml="auto" onClick={() => setCatalogue(true)}>
            {t('catalogue.open')}
          </Button>
        )}
      </div>
      {catalogue && <OwnCatalogue onClose={() => setCatalogue(false)} />}
      {charts && summed !== null && summed.sums.codes.length > 0 && (
        <Boundary where="charts of errors" of={summed}>
          <FaultCharts sums={summed.sums} code={summed.query.code} onCode={openCode} onDay={setDay} />
        </Boundary>
      )}
      {view === 'codes' && sums !== null && sums.codes.length > 0 ? (
        <FaultGroups
          sums={sums}
          ofAll={ofAll}
          activeOnly={activeOnly}
          query={query.trim()}
          onOpen={openCode}
        />
      ) : (
        <FaultList
          key={`${vmcNo} ${activeOnly} ${code} ${day?.from}`}
          ref={list}
          shown={{ vmcNo, activeOnly, code, during: day }}
          query={query.trim()}
          wanted={wanted}
          onLeft={onLeft}
          onShowAll={() => {
            setQuery('');
            setActiveOnly(false);
            setCode(null);
            setDay(null);
          }}
        />
      )}
    </section>
  );
}
