import { Menu } from '@mantine/core';
import { IconBookmark, IconFilter, IconFilterOff, IconNote } from '@tabler/icons-react';
import { Fragment, use } from 'react';
import { addTerm } from '#shared/filter/language/edit';
import type { FrameRow } from '#shared/model/frame';
import { useWords } from '../../text/useWords';
import { FilterActionsContext } from '../../ui/filterActions';
import { rowValues, type RowValue } from './rowValues';
import classes from './Inspector.module.css';

/** Where the menu was asked for. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
  readonly line: number;
  /** The cell it was asked for on; `null`: the whole row. */
  readonly cell: string | null;
}

interface RowMenuProps {
  readonly place: MenuPlace;
  /** `null`: a fold. */
  readonly row: FrameRow | null;
  readonly ofAll: boolean;
  readonly onMark: () => void;
  readonly onNote: () => void;
  readonly onClose: () => void;
}

/** Within the landmark that it belongs to. */
const inMain = { target: 'main' };
const heartbeats: readonly RowValue[] = [{ cell: 'fold', field: 'fold', value: 'hb' }];

/** "Only this", "not this" of the values of a row, and what a person can attach to it. */
export function RowMenu({ place, row, ofAll, onMark, onNote, onClose }: RowMenuProps) {
  const { t } = useWords();
  const actions = use(FilterActionsContext);
  const all = row === null ? heartbeats : rowValues(row, ofAll);
  const here = all.filter(({ cell }) => cell === place.cell);
  const values = here.length > 0 ? here : all;
  const written = ({ field, value }: RowValue, mode: 'only' | 'not'): string =>
    // None of these values is told from now.
    addTerm('', field, value, mode, { now: 0 });
  return (
    <Menu
      opened
      onClose={onClose}
      withInitialFocusPlaceholder={false}
      portalProps={inMain}
      position="bottom-start"
      shadow="md"
      width={300}
      offset={2}
    >
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-label={t('frames.menu.label')}
          className={classes['menuPlace']}
          style={{ left: place.x, top: place.y }}
        />
      </Menu.Target>
      <Menu.Dropdown className={classes['menu']} aria-label={t('frames.menu.label')}>
        {values.map((value) => (
          <Fragment key={written(value, 'only')}>
            <Menu.Item
              leftSection={<IconFilter size={14} />}
              onClick={() => actions?.add(value.field, value.value, 'only')}
            >
              {t('frames.menu.only')} <span className="mono">{written(value, 'only')}</span>
            </Menu.Item>
            <Menu.Item
              leftSection={<IconFilterOff size={14} />}
              onClick={() => actions?.add(value.field, value.value, 'not')}
            >
              {t('frames.menu.not')} <span className="mono">{written(value, 'only')}</span>
            </Menu.Item>
          </Fragment>
        ))}
        {row !== null && (
          <>
            <Menu.Divider />
            <Menu.Item
              leftSection={<IconBookmark size={14} />}
              rightSection={<kbd className={classes['key']}>M</kbd>}
              onClick={onMark}
            >
              {t(row.mark?.marked === true ? 'frames.mark.unmark' : 'frames.mark.mark')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconNote size={14} />}
              rightSection={<kbd className={classes['key']}>N</kbd>}
              onClick={onNote}
            >
              {t((row.mark?.note ?? '') === '' ? 'frames.mark.addNote' : 'frames.mark.editNote')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
