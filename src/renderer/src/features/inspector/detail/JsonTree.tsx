import { IconChevronDown, IconChevronRight, IconCopy, IconFilter, IconFilterOff } from '@tabler/icons-react';
import {
  use,
  useContext,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
} from 'react';
import { valueAt, type Change } from '#shared/compare/bodies';
import type { JsonObject, JsonValue } from '#shared/model/json';
import { fieldNote } from '../../../text/fieldWords';
import { useWords } from '../../../text/useWords';
import { FilterActionsContext, type FilterActions } from '../../../ui/filterActions';
import { CopyContext } from '../../../ui/Copyable';
import { isKey, withKey } from '../../../ui/keys';
import { copyText, jsonLines, treeMove, type JsonLine } from './jsonLines';
import { useValueMenu } from './Fact';
import { revealIn } from '../../../ui/reveal';
import { shownMember } from './values';
import classes from './JsonTree.module.css';

interface JsonTreeProps {
  readonly cmd: string | null;
  /** The body for copying, filtering and counting. */
  readonly json: JsonObject;
  /** The displayed body, including members that the frame before had. */
  readonly merged: JsonObject;
  /** Numbers in the machine's spelling, by `pathId`. */
  readonly written: ReadonlyMap<string, string>;
  /** Differences from the frame before, by `pathId`. */
  readonly changes: ReadonlyMap<string, Change>;
  /** The member selected here or in the bytes. */
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
}

/** A body as a tree, each member with its meaning. Arrows move, open and close; C copies the value. */
export function JsonTree({ cmd, json, merged, written, changes, selected, onSelect }: JsonTreeProps) {
  const { t } = useWords();
  const put = useContext(CopyContext);
  const filter = use(FilterActionsContext);
  const base = useId();
  const box = useRef<HTMLDivElement>(null);
  const [shut, setShut] = useState<ReadonlySet<string>>(new Set());
  // A selection from the bytes must be visible here.
  const closed = useMemo(() => new Set([...shut].filter((id) => !isInside(selected, id))), [shut, selected]);
  const { lines, more } = useMemo(
    () => jsonLines(merged, closed, (path, value) => valueAt(json, path) ?? value),
    [json, merged, closed],
  );
  const selectedIndex = lines.findIndex(({ id }) => id === selected);
  const at = Math.max(0, selectedIndex);
  const openMenu = useValueMenu();
  const lineId = (index: number): string => `${base}-${index}`;
  useEffect(() => {
    if (selected === null) return;
    const line = box.current?.querySelector('[aria-selected="true"]');
    // Selected in the bytes: only a tree with its own scroll area scrolls.
    if (box.current === document.activeElement) line?.scrollIntoView({ block: 'nearest' });
    else revealIn(box.current?.closest<HTMLElement>('[data-own-room]') ?? null, line);
  }, [selected]);

  const setOpen = (id: string, open: boolean): void => {
    const next = new Set(closed);
    if (open) next.delete(id);
    else next.add(id);
    setShut(next);
    if (!open && isInside(selected, id)) onSelect(id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const line = lines[at];
    const mode = isKey('only', event) ? 'only' : isKey('not', event) ? 'not' : null;
    if (isKey('copy', event) && line !== undefined) void put(written.get(line.id) ?? copyText(line.value));
    else if (mode !== null && line !== undefined && filter !== null && isPlain(line.value))
      filterBy(filter, line.path, line.value, mode);
    else {
      const move = treeMove(event.key, at, lines, closed);
      if (move === null) return;
      if ('open' in move) setOpen(move.open, true);
      else if ('close' in move) setOpen(move.close, false);
      else {
        // Without a selection, the first step goes to the first line.
        const to = lines[selectedIndex < 0 && event.key === 'ArrowDown' ? 0 : move.to];
        if (to !== undefined) onSelect(to.id);
      }
    }
    event.preventDefault();
  };
  if (lines.length === 0) return <p className="dim mono">{'{}'}</p>;
  return (
    <>
      <div
        ref={box}
        role="tree"
        tabIndex={0}
        aria-label={t('frames.tree')}
        aria-activedescendant={lineId(at)}
        className={classes['tree']}
        onKeyDown={onKeyDown}
        // For the line under the pointer, or by keyboard for the selected one.
        onContextMenu={(event) => {
          const pointed = event.target instanceof Element ? event.target.closest('[role="treeitem"]') : null;
          const line = lines.find((_, index) => lineId(index) === pointed?.id) ?? lines[at];
          if (line !== undefined)
            openMenu(
              event,
              shownMember(cmd, line.path, line.value),
              document.getElementById(lineId(lines.indexOf(line))),
            );
        }}
      >
        {lines.map((line, index) => (
          <TreeLine
            key={line.id}
            id={lineId(index)}
            cmd={cmd}
            line={line}
            written={written.get(line.id) ?? null}
            isClosed={closed.has(line.id)}
            isCurrent={index === selectedIndex}
            change={changes.get(line.id) ?? null}
            onSelect={() => onSelect(line.id)}
            onToggle={() => setOpen(line.id, closed.has(line.id))}
          />
        ))}
      </div>
      {more > 0 && <p className="dim">{t('frames.treeMore', { count: more })}</p>}
    </>
  );
}

interface TreeLineProps {
  readonly id: string;
  readonly cmd: string | null;
  readonly line: JsonLine;
  readonly written: string | null;
  readonly isClosed: boolean;
  readonly isCurrent: boolean;
  readonly change: Change | null;
  readonly onSelect: () => void;
  readonly onToggle: () => void;
}
function TreeLine(props: TreeLineProps) {
  const { id, cmd, line, written, isClosed, isCurrent, change, onSelect, onToggle } = props;
  const words = useWords();
  const { t } = words;
  const put = useContext(CopyContext);
  const filter = use(FilterActionsContext);
  const { name, value, level, holds, path, place, of } = line;
  const note = fieldNote(words, cmd, path, value);
  const opens = holds !== null && holds > 0;
  const Chevron = isClosed ? IconChevronRight : IconChevronDown;
  return (
    <div
      id={id}
      role="treeitem"
      aria-level={level}
      aria-setsize={of}
      aria-posinset={place}
      aria-expanded={opens ? !isClosed : undefined}
      aria-selected={isCurrent}
      className={classes['member']}
      data-change={change?.what}
      style={{ '--level': level - 1 } as CSSProperties}
      onPointerDown={onSelect}
    >
      {opens ? (
        <span className={classes['toggle']} aria-hidden onClick={onToggle}>
          <Chevron size={13} />
        </span>
      ) : (
        <span className={classes['toggle']} />
      )}
      <span className={classes['name']}>{name}</span>
      <span className={classes['value']} data-type={value === null ? 'null' : typeof value}>
        {written ?? shown(value, isClosed)}
      </span>
      {change !== null && (
        <span className={classes['change']}>
          {change.what === 'changed'
            ? t('detail.change.changed', { was: wasText(change.was) })
            : t(`detail.change.${change.what}`)}
        </span>
      )}
      {note !== null && (
        <span className={classes['note']} title={t(`fieldNote.source.${note.source}`)}>
          {note.text}
        </span>
      )}
      <span className={classes['lineTools']} aria-hidden>
        {filter !== null && isPlain(value) && (
          <>
            <button
              type="button"
              tabIndex={-1}
              title={`${t('frames.menu.only')} ${name} (O)`}
              onClick={() => filterBy(filter, path, value, 'only')}
            >
              <IconFilter size={13} />
            </button>
            <button
              type="button"
              tabIndex={-1}
              title={`${t('frames.menu.not')} ${name} (X)`}
              onClick={() => filterBy(filter, path, value, 'not')}
            >
              <IconFilterOff size={13} />
            </button>
          </>
        )}
        <button
          type="button"
          tabIndex={-1}
          title={withKey(t, t('frames.copyValue'), 'copy')}
          onClick={() => void put(written ?? copyText(value))}
        >
          <IconCopy size={13} />
        </button>
      </span>
    </div>
  );
}

type Plain = Exclude<JsonValue, object>;
function isPlain(value: JsonValue): value is Plain | null {
  return typeof value !== 'object' || value === null;
}

/** Adds "only this" or "not this"; the most common members have their own fields. */
function filterBy(
  { add }: FilterActions,
  path: readonly (string | number)[],
  value: Plain | null,
  mode: 'only' | 'not',
): void {
  const only = path.length === 1 ? path[0] : null;
  if (only === 'cmd' && typeof value === 'string') add('cmd', value, mode);
  else if (only === 'vmc_no' && typeof value === 'number') add('vmc', value, mode);
  else add(path.map(String), value, mode);
}

/** Whether the member with the id `inner` lies inside the one with the id `outer`. */
function isInside(inner: string | null, outer: string): boolean {
  return inner?.startsWith(`${outer.slice(0, -1)},`) === true;
}

/** Characters; the other frame has the full text. */
const longestWas = 60;
function wasText(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length > longestWas ? `${text.slice(0, longestWas)}…` : text;
}

/** Texts with quotes, so that stray spaces are visible. */
function shown(value: JsonValue, isClosed: boolean): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return isClosed ? `[ ${value.length} ]` : `[${value.length === 0 ? ']' : ''}`;
  const count = Object.keys(value).length;
  return isClosed ? `{ ${count} }` : `{${count === 0 ? '}' : ''}`;
}
