import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import { longestMarkNote } from '#shared/limits';
import type { FrameRow } from '#shared/model/frame';
import { useRequest } from '../../../bridge/request';
import { useCrema } from '../../../store';
import { numberText } from '../../../text/entryNumber';
import { useWords } from '../../../text/useWords';
import { ErrorNote } from '../../../ui/ErrorNote';
import { useFocusBack } from '../../../ui/useFocusBack';
import { UndoNote } from '../../../ui/UndoNote';
import classes from './NoteEditor.module.css';
import barClasses from './SelectionBar.module.css';

/** Unsaved notes by capture and frame, until the window closes. */
const drafts = new Map<string, string>();

interface NoteEditorProps {
  readonly row: FrameRow;
  /** `replaced`: the stored note before, which has changed. */
  readonly onClose: (replaced: string) => void;
}

/** The note of one frame. Leaving the field saves it. After Escape the text is kept for the next opening. */
export function NoteEditor({ row, onClose }: NoteEditorProps) {
  const { t } = useWords();
  useFocusBack();
  const before = row.mark?.note ?? '';
  const key = useCrema(({ source }) => `${source ?? 'live'} ${row.id}`);
  const [note, setNote] = useState(() => drafts.get(key) ?? before);
  const setMark = useRequest('setMark');
  const save = async (): Promise<void> => {
    const next = note.trim();
    const isChanged = next !== before;
    if (isChanged && !(await setMark.run({ entry: row.id, note: next }))) return;
    drafts.delete(key);
    onClose(isChanged ? before : '');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') void save();
    else if (event.key === 'Escape') onClose('');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      className={classes['noteEditor']}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) void save();
      }}
    >
      <TextInput
        autoFocus
        className={classes['noteText']}
        aria-label={t('frames.mark.noteOf', { id: numberText(row) })}
        placeholder={t('frames.mark.noteOf', { id: numberText(row) })}
        maxLength={longestMarkNote}
        value={note}
        onChange={(event) => {
          setNote(event.currentTarget.value);
          drafts.set(key, event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
      />
      <Button loading={setMark.busy} onClick={() => void save()}>
        {t('frames.mark.save')}
      </Button>
      <ErrorNote error={setMark.error} />
    </div>
  );
}

/** A stored note that was changed or deleted. */
export interface ReplacedNote {
  readonly row: FrameRow;
  readonly note: string;
}

/** Brings the note back. */
export function NoteBefore({
  replaced: { row, note },
  onClose,
}: {
  readonly replaced: ReplacedNote;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const setMark = useRequest('setMark');
  return (
    <div className={barClasses['bar']}>
      <UndoNote
        text={t('frames.mark.before', { id: numberText(row), text: note })}
        onUndo={() => void setMark.run({ entry: row.id, note }).then((done) => done && onClose())}
      >
        <ActionIcon aria-label={t('frames.mark.keep')} title={t('frames.mark.keep')} onClick={onClose}>
          <IconX size={14} aria-hidden />
        </ActionIcon>
      </UndoNote>
      <ErrorNote error={setMark.error} />
    </div>
  );
}
