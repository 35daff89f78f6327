import { Button, Menu, TagsInput } from '@mantine/core';
import { IconChevronDown, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { FrameFilter } from '#shared/filter/frames';
import { isUnique, nameText, numberReader, valueNamed } from '#shared/filter/values';
import { useGroups } from '../../../bridge/groups';
import { request } from '../../../bridge/request';
import { useCrema, wantFrame } from '../../../store';
import { useRemembered } from '../../../store/remembered';
import { useWords } from '../../../text/useWords';
import { EmptyNote } from '../../../ui/EmptyNote';
import { ErrorNote } from '../../../ui/ErrorNote';
import { clock } from '../../../ui/ticker';
import { memberNames } from '../filter/filters';
import { GroupTable } from './GroupTable';
import { filterOf, namesOf, ordered, rowsOf, type GroupRow, type Order } from './groupRows';
import { fileRows } from './groupCells';
import classes from './Groups.module.css';

interface GroupsPaneProps {
  readonly filter: FrameFilter;
  /** The filter text, to which a group's terms are added. */
  readonly typed: string;
  readonly onFilter: (text: string) => void;
  /** Shows the list of frames. */
  readonly onList: () => void;
}

const mostNames = 4;
const offered = [
  'machine',
  'cmd',
  'dir',
  'version',
  'platform',
  'finding',
  'code',
  'peer',
  'hour',
  'day',
  'conn',
  'answered',
] as const;
const offeredNumbers = ['latency', 'gap', 'size', 'amount'] as const;
const members = memberNames.map((name) => `body.${name}`);

/** Shipped groupings, with their names in `groups.example`. */
const examples = {
  commands: { by: ['cmd'], stats: ['latency'] },
  machines: { by: ['machine'], stats: [] },
  versions: { by: ['platform', 'version'], stats: [] },
  errors: { by: ['code', 'day'], stats: [] },
  findings: { by: ['finding', 'machine'], stats: [] },
  hours: { by: ['hour'], stats: ['size'] },
} as const;

const isList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string' && valueNamed(each).ok);
const isGood = (text: string): boolean => {
  const named = valueNamed(text);
  return named.ok && !isUnique(named.name);
};
const isNumber = (text: string): boolean => {
  const named = valueNamed(text);
  return named.ok && numberReader(named.name) !== null;
};
/** Each value once, as typed first. */
const onlyOnce = (texts: readonly string[]): readonly string[] =>
  [
    ...new Map(texts.toReversed().map((text) => [namesOf([text]).map(nameText)[0], text])).values(),
  ].toReversed();

/** Counts the frames of the filter in groups. Choosing a group shows its frames. */
export function GroupsPane({ filter, typed, onFilter, onList }: GroupsPaneProps) {
  const words = useWords();
  const { t } = words;
  const [by, setBy] = useRemembered<readonly string[]>('groupBy', ['cmd'], isList);
  const [stats, setStats] = useRemembered<readonly string[]>('groupStats', ['latency'], isList);
  const [order, setOrder] = useState<Order>({ column: { of: 'count' }, isDown: true });
  const [wrong, setWrong] = useState<'name' | 'number' | null>(null);
  const configs = useCrema((s) => s.configs);
  const counted = useGroups({ filter, by, stats });
  const { groups, error, isStopped, stop, again } = counted;
  const names = namesOf(by);
  const rows = groups === null ? [] : ordered(rowsOf(groups, names, Object.keys(configs).map(Number)), order);
  const choose = (chosenBy: readonly string[], chosenStats: readonly string[]): void => {
    setWrong(null);
    setOrder({ column: { of: 'count' }, isDown: true });
    setBy(onlyOnce(chosenBy));
    setStats(onlyOnce(chosenStats));
  };
  const open = ({ values, group }: GroupRow): void => {
    const text = filterOf(typed, names, values, clock());
    if (text !== null) onFilter(text);
    else if (group !== null) wantFrame(group.firstId);
    onList();
  };
  return (
    <section className={classes['pane']} aria-label={t('groups.title')}>
      <div className={classes['choices']}>
        <TagsInput
          className={classes['names'] ?? ''}
          size="xs"
          label={t('groups.by')}
          placeholder={by.length === 0 ? t('groups.byHint') : ''}
          data={[...offered, ...members]}
          limit={40}
          maxTags={mostNames}
          value={[...by]}
          acceptValueOnBlur
          error={wrong === 'name' ? t('groups.wrongName') : null}
          comboboxProps={{ transitionProps: { duration: 0 } }}
          renderOption={({ option: { value } }) => <Offered value={value} />}
          onChange={(next) => {
            if (next.every(isGood)) choose(next, stats);
            else setWrong('name');
          }}
        />
        <TagsInput
          className={classes['names'] ?? ''}
          size="xs"
          label={t('groups.stats')}
          placeholder={stats.length === 0 ? t('groups.statsHint') : ''}
          data={[...offeredNumbers, ...members]}
          limit={40}
          maxTags={2}
          value={[...stats]}
          acceptValueOnBlur
          error={wrong === 'number' ? t('groups.wrongNumber') : null}
          comboboxProps={{ transitionProps: { duration: 0 } }}
          renderOption={({ option: { value } }) => <Offered value={value} />}
          onChange={(next) => {
            if (next.every(isNumber)) choose(by, next);
            else setWrong('number');
          }}
        />
        <Menu position="bottom-end" returnFocus portalProps={{ target: 'main' }}>
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
              {t('groups.examples')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {(Object.keys(examples) as (keyof typeof examples)[]).map((name) => (
              <Menu.Item key={name} onClick={() => choose(examples[name].by, examples[name].stats)}>
                {t(`groups.example.${name}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
      <div className={classes['facts']}>
        <Facts {...counted} />
        {groups !== null && !groups.isDone && !isStopped && (
          <Button size="compact-xs" variant="default" onClick={stop}>
            {t('groups.stop')}
          </Button>
        )}
        {groups !== null && (groups.isDone || isStopped) && (
          <Button size="compact-xs" variant="default" onClick={again}>
            {t('groups.again')}
          </Button>
        )}
        {groups?.isDone === true && rows.length > 0 && (
          <SaveButton rows={() => fileRows(words, rows, { by, stats, entries: groups.entries })} />
        )}
        <ErrorNote error={error} />
      </div>
      {by.length === 0 && <EmptyNote title={t('groups.noNames')} />}
      {groups?.isDone === true && rows.length === 0 && by.length > 0 && (
        <EmptyNote title={t('frames.noneMatch')} />
      )}
      {rows.length > 0 && (
        <GroupTable
          key={JSON.stringify([by, stats])}
          rows={rows}
          by={by}
          stats={stats}
          entries={groups?.entries ?? 0}
          order={order}
          onOrder={setOrder}
          onOpen={open}
        />
      )}
    </section>
  );
}

function Offered({ value }: { readonly value: string }) {
  const { t } = useWords();
  const names = [...offered, ...offeredNumbers] as const;
  const known = names.find((name) => name === value);
  return (
    <span>
      <span className="mono">{value}</span>{' '}
      {known !== undefined && <span className="dim">{t(`groups.name.${known}`)}</span>}
    </span>
  );
}

function Facts({ groups, isStopped }: Pick<ReturnType<typeof useGroups>, 'groups' | 'isStopped'>) {
  const words = useWords();
  const { t } = words;
  if (groups === null) return <span role="status" />;
  const { size, entries, beyond, isDone, share } = groups;
  const what = t('groups.counted', {
    groups: t('groups.groups', { count: size }),
    entries: t('groups.entries', { count: entries }),
  });
  const percent = Math.floor(share * 100);
  const part = isDone ? '' : t(isStopped ? 'groups.stopped' : 'groups.counting', { percent });
  return (
    <span role="status">
      {what}
      {part}
      {beyond > 0 && ` ${t('groups.beyond', { count: beyond })}`}
    </span>
  );
}

function SaveButton({ rows }: { readonly rows: () => string[][] }) {
  const { t } = useWords();
  const [saved, setSaved] = useState<string | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const save = async (): Promise<void> => {
    const reply = await request('saveTable', { name: 'crema-groups.csv', rows: rows() });
    setSaved(reply.ok ? reply.value : null);
    setError(reply.ok ? null : reply.error);
  };
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconDownload size={14} aria-hidden />}
        onClick={() => void save()}
      >
        {t('groups.save')}
      </Button>
      {saved !== null && <span role="status">{t('orderTotals.saved', { file: saved })}</span>}
      <ErrorNote error={error} />
    </>
  );
}
