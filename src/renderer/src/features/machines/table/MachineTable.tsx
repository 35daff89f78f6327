import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { machineTest } from '#shared/filter/machines';
import { watch } from '../../../bridge/live';
import { useOrderCounts } from '../../../bridge/orderCounts';
import { askRun, useCrema } from '../../../store';
import {
  absentRows,
  firstView,
  isTableView,
  tableRows,
  viewAfter,
  withKnownColumns,
  type TableAction,
  type TableView,
} from '../../../store/machineTable';
import { emptyOrder, orderMachines, type Only } from '../../../store/machines';
import { navigate } from '../../../store/navigate';
import { machineTable } from '../../../store/route';
import { isCapture } from '../../../store/source';
import { usePacedMachines } from '../../../store/pacedMachines';
import { useRemembered } from '../../../store/remembered';
import { useWords } from '../../../text/useWords';
import { EmptyNote } from '../../../ui/EmptyNote';
import { isKey, type Pressed } from '../../../ui/keys';
import { noSelection } from '../../../ui/multiSelection';
import { clock } from '../../../ui/ticker';
import { useHeldOrder } from '../../../ui/useHeldOrder';
import { useWidth } from '../../../ui/useWidth';
import { VirtualList, type ListHandle } from '../../../ui/VirtualList';
import { MachineMenu, useMachineMenu } from '../MachineMenu';
import { RegistryDialog } from '../registry/RegistryDialog';
import { GroupLine } from './GroupLine';
import { TableHead } from './TableHead';
import { TableLine } from './TableLine';
import { TableTools } from './TableTools';
import { columnsWithin } from './grid';
import { rowHeights } from '../../../ui/rows';
import { isFocusIdle } from '../../../ui/isFocusIdle';
import classes from './MachineTable.module.css';

/** The last opened machine, to which the table returns. */
let lastOpened: number | null = null;

/** All machines in a table; choosing one opens its page. */
export function MachineTable() {
  const { t } = useWords();
  const [view, setView] = useRemembered<TableView>('machineTable', firstView, isTableView, withKnownColumns);
  const act = useCallback((action: TableAction) => setView(viewAfter(view, action)), [view, setView]);
  const only = useCrema((s) => s.only);
  const setOnly = (next: Only): void => navigate(machineTable(next), 'replace');
  const list = useCrema((s) => s.list);
  const known = usePacedMachines();
  const configs = useCrema((s) => s.configs);
  const absent = useMemo(() => absentRows(configs, known), [configs, known]);
  const isAbsent = only === 'absent' || (known.size === 0 && absent.size > 0);
  const rows = isAbsent ? absent : known;
  const strangers = useMemo(() => [...known.values()].filter(({ stranger }) => stranger).length, [known]);
  const orders = useOrderCounts();
  const [registry, setRegistry] = useState(false);
  const table = useMemo(() => {
    const test = machineTest(view.filter, clock());
    return tableRows(
      {
        only,
        rows,
        list: isAbsent ? orderMachines(rows, clock(), emptyOrder) : list,
        orders,
        now: clock(),
        matches: test.ok ? test.matches : () => true,
      },
      view,
    );
  }, [only, rows, list, isAbsent, orders, view]);
  const { ids, behind, catchUp, handlers } = useHeldOrder(
    table.ids,
    `${only} ${isAbsent} ${JSON.stringify(view)}`,
  );

  const box = useRef<ListHandle>(null);
  const [cursor, setCursor] = useState<number | null>(lastOpened);
  const [arrives, setArrives] = useState(false);
  const inCapture = useCrema(isCapture);
  const mayChoose = !inCapture && !isAbsent;
  const [marked, setMarked] = useState<ReadonlySet<number>>(noSelection.lines);
  // An unlisted machine can't stay chosen, because the choice would be invisible.
  const chosen = useMemo(
    () => new Set(table.found.filter((vmcNo) => marked.has(vmcNo))),
    [table.found, marked],
  );
  const choose = useCallback(
    (vmcNo: number) =>
      setMarked((old) =>
        old.has(vmcNo) ? new Set([...old].filter((one) => one !== vmcNo)) : new Set([...old, vmcNo]),
      ),
    [],
  );
  const isAll = chosen.size > 0 && chosen.size === table.found.length;
  const chooseAll = (): void => setMarked(isAll ? noSelection.lines : new Set(table.found));
  // Focus the table for a user who comes to this screen, unless the focus is elsewhere.
  useEffect(() => {
    if (isFocusIdle()) box.current?.focus();
  }, []);
  const open = (id: number): void => {
    const group = table.groups.get(id);
    if (group !== undefined) act({ do: 'fold', key: group.key });
    if (id < 0) return;
    lastOpened = id;
    navigate({ screen: 'machines', vmcNo: id, tab: 'overview' });
  };
  const menu = useMachineMenu(open);
  // The menu names obstacles to a command, which are in the detail of the machine.
  const asked = menu.place?.vmcNo ?? null;
  useEffect(() => {
    if (asked === null) return;
    void watch(asked);
    return () => void watch(null);
  }, [asked]);
  const isListed = cursor !== null && ids.includes(cursor);
  const onKey = (event: Pressed): boolean => {
    if (!mayChoose) return false;
    if (isKey('selectAll', event)) setMarked(new Set(table.found));
    else if (isKey('close', event) && chosen.size > 0) setMarked(noSelection.lines);
    else if (isKey('choose', event) && isListed && cursor >= 0) choose(cursor);
    else return false;
    return true;
  };
  const { groups } = table;
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const columns = useMemo(() => columnsWithin(width, view.columns), [width, view.columns]);
  const renderRow = useCallback(
    (id: number) =>
      id < 0 ? (
        <GroupLine group={groups.get(id) ?? null} view={view} />
      ) : (
        <TableLine
          vmcNo={id}
          absent={absent.get(id)}
          columns={columns}
          orders={orders === null ? null : (orders[id] ?? 0)}
          isChosen={chosen.has(id)}
          onChoose={mayChoose ? choose : null}
          hasMenu={mayChoose}
        />
      ),
    [view, columns, orders, groups, absent, chosen, choose, mayChoose],
  );
  // Moves from the filter to the table after the table's render with that filter.
  const first = ids.find((id) => id >= 0);
  if (arrives) {
    setArrives(false);
    if (!isListed && first !== undefined) setCursor(first);
  }
  return (
    <section className={classes['screen']} aria-label={t('overview.title')}>
      <TableTools
        view={view}
        columns={columns}
        onAct={act}
        only={only}
        onOnly={setOnly}
        found={table.found.length}
        absent={absent.size}
        isAbsent={isAbsent}
        chosen={chosen.size}
        onCommand={() => askRun({ machines: [...chosen], sequence: null })}
        onLeave={() => {
          setArrives(true);
          box.current?.focus();
        }}
        onRegistry={() => setRegistry(true)}
        strangers={strangers}
        onForgotten={() => box.current?.focus()}
      />
      <div ref={frame} className={classes['frame']}>
        <TableHead
          columns={columns}
          sort={view.sort}
          onAct={act}
          chosen={!mayChoose ? null : chosen.size === 0 ? 'none' : isAll ? 'all' : 'some'}
          onChooseAll={chooseAll}
          hasNewOrder={behind}
          onCatchUp={() => {
            catchUp();
            box.current?.focus();
          }}
        />
        <div
          className={classes['list']}
          data-tour-at="table"
          {...handlers}
          {...(mayChoose && { onContextMenu: menu.onContextMenu, onClickCapture: menu.onClickCapture })}
        >
          {ids.length === 0 ? (
            <EmptyNote title={t('machines.noneMatch')}>
              <button
                type="button"
                className={classes['plain']}
                onClick={() => {
                  act({ do: 'filter', text: '' });
                  setOnly('all');
                }}
              >
                {t('machines.showAll')}
              </button>
            </EmptyNote>
          ) : (
            <VirtualList
              ref={box}
              label={t('overview.table')}
              ids={ids}
              rowHeight={rowHeights.table}
              selected={isListed ? cursor : null}
              selection={{ lines: chosen, anchor: null, lead: isListed ? cursor : null }}
              onSelect={setCursor}
              onKey={onKey}
              onOpen={open}
              renderRow={renderRow}
              itemOf={(id) =>
                id < 0 ? groups.get(id) : (absent.get(id) ?? useCrema.getState().machines.get(id))
              }
            />
          )}
        </div>
      </div>
      {menu.place !== null && (
        <MachineMenu
          place={menu.place}
          onGive={menu.give}
          onClose={() => {
            menu.close();
            box.current?.focus();
          }}
        />
      )}
      {registry && <RegistryDialog onClose={() => setRegistry(false)} />}
    </section>
  );
}
