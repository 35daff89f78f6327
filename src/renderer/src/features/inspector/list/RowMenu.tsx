import { Menu } from '@mantine/core';
import { IconBookmark, IconNote } from '@tabler/icons-react';
import type { FrameRow } from '#shared/model/frame';
import { useWords } from '../../../text/useWords';
import { KeyHint } from '../../../ui/KeyTable';
import { isKey, type Pressed } from '../../../ui/keys';
import { valuesOf, type RowValue } from './rowValues';
import { ValueMenu } from '../detail/ValueMenu';

/** The position of the menu. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
  readonly line: number;
  /** The cell on which it was opened; `null`: the whole row. */
  readonly cell: string | null;
}

interface RowMenuProps {
  readonly place: MenuPlace;
  readonly values: () => readonly RowValue[];
  /** `null`: a folded run. */
  readonly row: FrameRow | null;
  readonly onMark: () => void;
  readonly onNote: () => void;
  readonly onClose: () => void;
}

/** Menu of a line: filter by and copy its values, mark it, add a note. */
export function RowMenu({ place, values, row, onMark, onNote, onClose }: RowMenuProps) {
  const { t } = useWords();
  const { x, y, cell } = place;
  // Keys act on the menu's own row; the window's keys act on the current one. A folded run has none.
  const onKey = (event: Pressed): boolean => {
    const act = isKey('mark', event) ? onMark : isKey('note', event) ? onNote : null;
    if (act === null) return false;
    if (row !== null) act();
    return true;
  };
  return (
    <ValueMenu
      label={t('frames.menu.label')}
      x={x}
      y={y}
      values={valuesOf(values(), cell)}
      onClose={onClose}
      onKey={onKey}
    >
      {row !== null && (
        <>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconBookmark size={14} />}
            rightSection={<KeyHint name="mark" />}
            onClick={onMark}
          >
            {t(row.mark?.marked === true ? 'frames.mark.unmark' : 'frames.mark.mark')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconNote size={14} />}
            rightSection={<KeyHint name="note" />}
            onClick={onNote}
          >
            {t((row.mark?.note ?? '') === '' ? 'frames.mark.addNote' : 'frames.mark.editNote')}
          </Menu.Item>
        </>
      )}
    </ValueMenu>
  );
}
