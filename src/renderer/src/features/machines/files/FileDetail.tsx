import { Button, Group } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { FetchedContent, FetchedFile } from '#shared/model/fetched';
import { request } from '../../../bridge/request';
import { backUpFetched } from '../../../bridge/taking';
import { navigate } from '../../../store/navigate';
import { useWords } from '../../../text/useWords';
import { HistoryDetail, type Opened } from '../../../ui/HistoryDetail';
import { AskOnce } from '../../../ui/AskOnce';
import { CopyButton } from '../../../ui/Copyable';
import { ErrorNote } from '../../../ui/ErrorNote';
import { KeyValue, KeyValues } from '../../../ui/KeyValue';
import { FileTables } from '../../../ui/tables/FileTables';
import { FileText } from './FileText';
import classes from './Files.module.css';

interface FileDetailProps extends Opened {
  readonly file: FetchedFile;
  /** The previous file of this kind; `null`: none. */
  readonly before: FetchedFile | null;
}

/** An opened file: its facts, actions and content. */
export function FileDetail({ file, before, onClose, onStep }: FileDetailProps) {
  const words = useWords();
  const { t } = words;
  const [error, setError] = useState<AppError | null>(null);
  const [saved, setSaved] = useState<string | null>(null);
  const content = useContent(file.id, setError);
  // Only tables are compared with the previous file.
  const isCompared = content !== null && content.tables.length > 0;
  const earlier = useContent(isCompared ? (before?.id ?? null) : null, setError);
  const save = async (): Promise<void> => {
    const reply = await request('saveFetched', { id: file.id });
    setError(reply.ok ? null : reply.error);
    if (reply.ok) setSaved(reply.value);
  };
  const backUp = async (): Promise<void> => {
    const refused = await backUpFetched(file.id);
    setError(refused);
    if (refused === null) navigate({ screen: 'upgrades' });
  };
  const remove = async (): Promise<void> => {
    const reply = await request('removeFetched', { id: file.id });
    setError(reply.ok ? null : reply.error);
    if (reply.ok) onClose();
  };
  return (
    <HistoryDetail
      label={t(`files.type.${file.type}`)}
      title={
        <>
          {t(`files.type.${file.type}`)} {file.day}
        </>
      }
      words={{ previous: t('files.previous'), next: t('files.next'), close: t('files.close') }}
      onClose={onClose}
      onStep={onStep}
    >
      <div className={classes['facts']}>
        <KeyValues>
          <KeyValue label={t('files.column.time')}>
            {words.dateTime(file.at)}, {file.remoteAddress}
          </KeyValue>
          <KeyValue label={t('files.column.name')}>{file.fileName === '' ? null : file.fileName}</KeyValue>
          <KeyValue label={t('files.column.size')}>{words.bytes(file.bytes)}</KeyValue>
          <KeyValue label="SHA-256">
            <span className={classes['hash']}>{file.sha256}</span>{' '}
            <CopyButton text={() => file.sha256} what="SHA-256" />
          </KeyValue>
        </KeyValues>
        <Group gap="sm">
          <Button variant="default" size="compact-sm" onClick={() => void save()}>
            {t('files.save')}
          </Button>
          {file.type === 'recipe' && (
            <Button variant="default" size="compact-sm" onClick={() => void backUp()}>
              {t('files.backUp')}
            </Button>
          )}
          <AskOnce
            label={t('files.remove')}
            question={t('files.removeAsk')}
            danger
            onYes={() => void remove()}
          />
          {saved !== null && <span role="status">{t('files.saved', { file: saved })}</span>}
        </Group>
        <ErrorNote error={error} />
      </div>
      {content !== null && <Content file={file} content={content} earlier={earlier} />}
    </HistoryDetail>
  );
}

/** `null`: not loaded yet, or no content. */
function useContent(id: number | null, onError: (error: AppError) => void): FetchedContent | null {
  const [content, setContent] = useState<FetchedContent | null>(null);
  useEffect(() => {
    if (id === null) return;
    let wanted = true;
    const ask = async (): Promise<void> => {
      const reply = await request('fetchedContent', { id });
      if (!wanted) return;
      if (reply.ok) setContent(reply.value);
      else onError(reply.error);
    };
    void ask();
    return () => {
      wanted = false;
    };
  }, [id, onError]);
  return content;
}

interface ContentProps {
  readonly file: FetchedFile;
  readonly content: FetchedContent;
  readonly earlier: FetchedContent | null;
}
function Content({ file, content, earlier }: ContentProps) {
  const { t } = useWords();
  const { tables, text, isCut } = content;
  return (
    <div className={classes['content']}>
      {isCut && <p className="dim">{t('files.cut')}</p>}
      {tables.length > 0 && <FileTables tables={tables} earlier={earlier?.tables ?? null} />}
      {text !== '' && <FileText vmcNo={file.vmcNo} text={text} />}
      {tables.length === 0 && text === '' && <p className="dim">{t('files.notShown')}</p>}
    </div>
  );
}
