import { Menu } from '@mantine/core';
import { IconCopy, IconFilter } from '@tabler/icons-react';
import { use, type KeyboardEvent, type ReactNode } from 'react';
import { addTerm } from '#shared/filter/language/edit';
import { useWords } from '../../../text/useWords';
import { CopyContext } from '../../../ui/Copyable';
import { FilterActionsContext } from '../../../ui/filterActions';
import type { Pressed } from '../../../ui/keys';
import type { Shown } from './values';
import classes from './ValueMenu.module.css';

interface ValueMenuProps {
  readonly label: string;
  /** Position in the window, px. */
  readonly x: number;
  readonly y: number;
  readonly values: readonly Shown[];
  readonly onClose: () => void;
  /** Handles keys of the extra items; returns whether a key was handled. */
  readonly onKey?: (event: Pressed) => boolean;
  /** Extra menu items. */
  readonly children?: ReactNode;
}

/** Inside the main landmark. */
const inMain = { target: 'main' };

/** "Only this", "not this" and "copy" for each value: arrows move up and down, and along the line. */
export function ValueMenu({ label, x, y, values, onClose, onKey, children }: ValueMenuProps) {
  return (
    <Menu
      opened
      closeOnEscape={false}
      onClose={onClose}
      withInitialFocusPlaceholder={false}
      portalProps={inMain}
      position="bottom-start"
      shadow="md"
      width={360}
      offset={2}
    >
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-label={label}
          className={classes['place']}
          style={{ left: x, top: y }}
        />
      </Menu.Target>
      <Menu.Dropdown
        className={classes['menu']}
        aria-label={label}
        onKeyDownCapture={(event) => {
          const isItem = onKey?.(event) === true;
          if (!isItem && event.key !== 'Escape') return walk(event);
          // Only for the menu, not for the element that opened it.
          event.preventDefault();
          event.stopPropagation();
          onClose();
        }}
      >
        {values.map((value) => (
          <ValueLine key={termOf(value)} value={value} />
        ))}
        {children}
      </Menu.Dropdown>
    </Menu>
  );
}

function ValueLine({ value: { by, text } }: { readonly value: Shown }) {
  const { t } = useWords();
  const put = use(CopyContext);
  const filter = use(FilterActionsContext);
  const termText = termOf({ by, text });
  const copied =
    text === '' ? null : (
      <Menu.Item
        className={classes['copy'] ?? ''}
        aria-label={t('frames.menu.copy', { text: text.slice(0, longestName) })}
        title={t('frames.menu.copy', { text })}
        onClick={() => void put(text)}
      >
        <IconCopy size={14} aria-hidden />
      </Menu.Item>
    );
  if (by === null || filter === null)
    return (
      <div className={classes['values']} role="group" aria-label={termText}>
        <span className={classes['text']}>{text}</span>
        {copied}
      </div>
    );
  return (
    <div className={classes['values']} role="group" aria-label={termText}>
      <Menu.Item
        className={classes['only'] ?? ''}
        title={termText}
        leftSection={<IconFilter size={14} aria-hidden />}
        onClick={() => filter.add(by.field, by.value, 'only')}
      >
        {t('frames.menu.only')} <span className="mono">{termText}</span>
      </Menu.Item>
      <Menu.Item
        className={classes['not'] ?? ''}
        aria-label={`${t('frames.menu.not')} ${termText}`}
        title={`${t('frames.menu.not')} ${termText}`}
        onClick={() => filter.add(by.field, by.value, 'not')}
      >
        {t('frames.menu.not')}
      </Menu.Item>
      {copied}
    </div>
  );
}

/** Characters of a value in the name of its copy button. */
const longestName = 60;

/** As a filter term; none of these values is relative to the present. */
function termOf({ by, text }: Shown): string {
  return by === null ? text : addTerm('', by.field, by.value, 'only', { now: 0 });
}

/** Left and right move within a line, up and down between lines. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const here = event.target;
  if (!(here instanceof HTMLElement) || here.dataset['menuItem'] === undefined) return;
  // Items outside a line count as lines of their own.
  const lines: HTMLElement[][] = [];
  for (const item of event.currentTarget.querySelectorAll<HTMLElement>('[data-menu-item]')) {
    const before = lines.at(-1);
    const group = item.closest('[role="group"]');
    if (group !== null && before?.[0]?.closest('[role="group"]') === group) before.push(item);
    else lines.push([item]);
  }
  const row = lines.findIndex((items) => items.includes(here));
  const items = lines[row] ?? [];
  const at = items.indexOf(here);
  const of = (list: readonly HTMLElement[], index: number): HTMLElement | undefined =>
    list[Math.min(index, list.length - 1)];
  const next =
    event.key === 'ArrowRight'
      ? items[at + 1]
      : event.key === 'ArrowLeft'
        ? items[at - 1]
        : event.key === 'ArrowDown'
          ? of(lines[(row + 1) % lines.length] ?? [], at)
          : event.key === 'ArrowUp'
            ? of(lines.at(row - 1) ?? [], at)
            : null;
  if (next === null) return;
  next?.focus();
  event.preventDefault();
  event.stopPropagation();
}
