import { ActionIcon, Button, Group, Stack } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { severityOf } from '#shared/errors/codes';
import type { OwnError } from '#shared/model/ownErrors';
import type { OwnErrorsImport, RefusedOwnError } from '#shared/model/ownErrorsImport';
import { useWords } from '../../../text/useWords';
import { Boundary } from '../../../ui/Boundary';
import { Dialog } from '../../../ui/Dialog';
import { ErrorNote } from '../../../ui/ErrorNote';
import { StateShape } from '../../../ui/StateShape';
import { severityShape } from '../../../ui/severity';
import { OwnErrorForm, useOwnErrors } from './OwnErrorForm';
import { useFiles } from './useFiles';
import { UndoNote } from '../../../ui/UndoNote';
import classes from './Catalogue.module.css';

/** The user's own catalogue entries: add, change, remove, export and import. */
export function OwnCatalogue({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const { own, put, error } = useOwnErrors();
  /** The edited code; '' for a new entry. */
  const [editing, setEditing] = useState<string | null>(null);
  const [removed, setRemoved] = useState<{ readonly code: string; readonly entry: OwnError } | null>(null);
  const files = useFiles();
  const entries = Object.entries(own).toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (editing !== null)
    return (
      <Dialog
        title={editing === '' ? t('catalogue.add') : editing}
        size={560}
        onClose={() => setEditing(null)}
      >
        <OwnErrorForm code={editing === '' ? null : editing} onDone={() => setEditing(null)} />
      </Dialog>
    );
  return (
    <Dialog title={t('catalogue.title')} size={720} onClose={onClose}>
      <Stack gap="sm">
        <p className="dim">{t('catalogue.note')}</p>
        {entries.length === 0 && <p>{t('catalogue.none')}</p>}
        {entries.length > 0 && (
          <ul className={classes['entries']} aria-label={t('catalogue.list')}>
            {entries.map(([code, entry]) => (
              <Boundary key={code} as="item" where={`own entry ${code}`} of={entry}>
                <Entry
                  code={code}
                  entry={entry}
                  onEdit={() => setEditing(code)}
                  onRemove={() => {
                    void put(code, null).then((done) => done && setRemoved({ code, entry }));
                  }}
                />
              </Boundary>
            ))}
          </ul>
        )}
        {removed !== null && (
          <UndoNote
            text={t('catalogue.removed', { code: removed.code })}
            onUndo={() => void put(removed.code, removed.entry).then((done) => done && setRemoved(null))}
          />
        )}
        <ErrorNote error={error} />
        <Group gap="sm">
          <Button onClick={() => setEditing('')}>{t('catalogue.add')}</Button>
          <Button variant="default" onClick={() => void files.read()}>
            {t('catalogue.fromFile')}
          </Button>
          <Button variant="default" disabled={entries.length === 0} onClick={() => void files.write()}>
            {t('catalogue.toFile')}
          </Button>
        </Group>
        <ErrorNote error={files.error} />
        {files.written !== null && <p role="status">{t('catalogue.written', { file: files.written })}</p>}
        {files.taken !== null && <Taken taken={files.taken} />}
      </Stack>
    </Dialog>
  );
}

interface EntryProps {
  readonly code: string;
  readonly entry: OwnError;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}
function Entry({ code, entry, onEdit, onRemove }: EntryProps) {
  const { t, errorTitle } = useWords();
  const severity = severityOf(code, null, null);
  const texts = [entry.meaning, entry.cause, entry.remedy].filter((text) => text !== undefined);
  return (
    <li className={classes['entry']}>
      <StateShape status={severityShape[severity]} size={13} decorative />
      <div>
        <strong>{errorTitle(code)}</strong> <span className="mono dim">{code}</span>{' '}
        <span className="dim">
          {entry.severity !== undefined && t(`machine.severity.${entry.severity}`)}
          {entry.muted === true && ` · ${t('catalogue.mutedMark')}`}
        </span>
        {texts.length > 0 && <p className="dim">{texts.join(' · ')}</p>}
      </div>
      <ActionIcon aria-label={t('catalogue.edit', { code })} onClick={onEdit}>
        <IconPencil size={14} />
      </ActionIcon>
      <ActionIcon aria-label={t('catalogue.remove', { code })} onClick={onRemove}>
        <IconTrash size={14} />
      </ActionIcon>
    </li>
  );
}

/** The result of an import: the number of new entries, and each refused one with its place and reason. */
function Taken({ taken: { fileName, added, changed, same, refused } }: { readonly taken: OwnErrorsImport }) {
  const { t } = useWords();
  return (
    <div role="status">
      <p>{t('catalogue.read', { file: fileName, added, changed, same })}</p>
      {refused.length > 0 && (
        <>
          <p>{t('catalogue.refused', { count: refused.length })}</p>
          <ul className={classes['refused']}>
            {refused.map((one) => (
              <Refused key={`${one.line} ${one.code} ${one.member}`} {...one} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Refused({ line, code, reason, member }: RefusedOwnError) {
  const { t } = useWords();
  const why = t(`catalogue.why.${reason}`, { member: member ?? '' });
  return (
    <li>
      {code === null
        ? t('catalogue.refusedAtNoCode', { line, why })
        : t('catalogue.refusedAt', { line, code, why })}
    </li>
  );
}
