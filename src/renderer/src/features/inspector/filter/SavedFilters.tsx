import { ActionIcon, Button, Popover, TextInput } from '@mantine/core';
import { IconPencil, IconStar, IconStarFilled, IconTrash } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import {
  deleteFilter,
  nameLimit,
  renameFilter,
  saveFilter,
  undoFilter,
  useSavedFilters,
  type SavedFilter,
} from '../../../store/savedFilters';
import { useWords } from '../../../text/useWords';
import { Boundary } from '../../../ui/Boundary';
import { UndoNote } from '../../../ui/UndoNote';
import classes from './SavedFilters.module.css';

interface SavedFiltersProps {
  /** The whole current filter; '' for none. */
  readonly text: string;
  readonly onUse: (text: string) => void;
}

/** Named filters: apply, save, rename, delete and undo. */
export function SavedFilters({ text, onUse }: SavedFiltersProps) {
  const { t } = useWords();
  const saved = useSavedFilters((s) => s.saved);
  const [opened, setOpened] = useState(false);
  const isSaved = text !== '' && saved.some((one) => one.text === text);
  const Star = isSaved ? IconStarFilled : IconStar;
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={380}
      trapFocus
      returnFocus
      shadow="md"
    >
      <Popover.Target>
        <ActionIcon
          aria-label={t('frames.saved.title')}
          title={t('frames.saved.title')}
          onClick={() => setOpened(!opened)}
        >
          <Star size={15} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={classes['saved']} aria-label={t('frames.saved.title')}>
        {opened && (
          <Boundary where="saved filters" of={saved}>
            <Contents
              text={text}
              saved={saved}
              onUse={(wanted) => {
                setOpened(false);
                onUse(wanted);
              }}
            />
          </Boundary>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

interface ContentsProps extends SavedFiltersProps {
  readonly saved: readonly SavedFilter[];
}
function Contents({ text, saved, onUse }: ContentsProps) {
  const { t } = useWords();
  const undo = useSavedFilters((s) => s.undo);
  const [name, setName] = useState('');
  const [renaming, setRenaming] = useState<string | null>(null);
  const save = (): void => {
    if (name.trim() === '') return;
    saveFilter(name, text);
    setName('');
  };
  const replaces = saved.some((one) => one.name === name.trim());
  return (
    <>
      {saved.length === 0 && <p className="dim">{t('frames.saved.none')}</p>}
      <ul className={classes['list']}>
        {saved.map((one) => (
          <Boundary key={one.name} as="item" where={`saved filter ${one.name}`} of={one}>
            {renaming === one.name ? (
              <li>
                <Rename name={one.name} onDone={() => setRenaming(null)} />
              </li>
            ) : (
              <Saved filter={one} onUse={onUse} onRename={() => setRenaming(one.name)} />
            )}
          </Boundary>
        ))}
      </ul>
      {undo !== null && (
        <UndoNote
          text={t(
            saved.some((one) => one.name === undo.filter.name)
              ? 'frames.saved.replaced'
              : 'frames.saved.deleted',
            { name: undo.filter.name },
          )}
          onUndo={undoFilter}
        />
      )}
      {text === '' ? (
        <p className="dim">{t('frames.saved.nothing')}</p>
      ) : (
        <form
          className={classes['form']}
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <TextInput
            data-autofocus
            aria-label={t('frames.saved.name')}
            placeholder={t('frames.saved.name')}
            maxLength={nameLimit}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button size="xs" type="submit" disabled={name.trim() === ''}>
            {t(replaces ? 'frames.saved.replace' : 'frames.saved.save')}
          </Button>
          <p className={`mono dim ${classes['what'] ?? ''}`}>{text}</p>
        </form>
      )}
    </>
  );
}

interface SavedProps {
  readonly filter: SavedFilter;
  readonly onUse: (text: string) => void;
  readonly onRename: () => void;
}
function Saved({ filter: { name, text }, onUse, onRename }: SavedProps) {
  const { t } = useWords();
  return (
    <li>
      <button type="button" className={classes['use']} onClick={() => onUse(text)}>
        <span>{name}</span> <span className={`mono dim ${classes['what'] ?? ''}`}>{text}</span>
      </button>
      <ActionIcon aria-label={t('frames.saved.rename', { name })} onClick={onRename}>
        <IconPencil size={14} />
      </ActionIcon>
      <ActionIcon aria-label={t('frames.saved.delete', { name })} onClick={() => deleteFilter(name)}>
        <IconTrash size={14} />
      </ActionIcon>
    </li>
  );
}

function Rename({ name, onDone }: { readonly name: string; readonly onDone: () => void }) {
  const { t } = useWords();
  const [typed, setTyped] = useState(name);
  const [taken, setTaken] = useState(false);
  const finish = (): void => {
    if (renameFilter(name, typed)) onDone();
    else setTaken(true);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') finish();
    else if (event.key === 'Escape') onDone();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <TextInput
      autoFocus
      className={classes['rename']}
      aria-label={t('frames.saved.rename', { name })}
      maxLength={nameLimit}
      value={typed}
      error={taken ? t(typed.trim() === '' ? 'frames.saved.noName' : 'frames.saved.taken') : null}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        setTaken(false);
      }}
      onKeyDown={onKeyDown}
      onBlur={finish}
    />
  );
}
