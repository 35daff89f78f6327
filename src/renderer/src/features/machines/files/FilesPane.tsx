import { Button } from '@mantine/core';
import { IconFileDownload } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { FetchedFile } from '#shared/model/fetched';
import type { MachineRow } from '#shared/model/machine';
import { rowOf } from '#shared/commands/kit/rows';
import { useCrema } from '../../../store';
import { isCapture } from '../../../store/source';
import { useRemembered } from '../../../store/remembered';
import { useWords } from '../../../text/useWords';
import { EmptyNote } from '../../../ui/EmptyNote';
import { HistoryList, isShare } from '../../../ui/HistoryList';
import type { Question } from '../commands/forms/types';
import { FileDetail } from './FileDetail';
import { rowHeights } from '../../../ui/rows';
import classes from './Files.module.css';

const idOf = ({ id }: FetchedFile): number => id;
const finds = (): boolean => true;
const nothingMore = (): void => undefined;
const renderLine = (file: FetchedFile) => <FileLine file={file} />;

interface FilesPaneProps {
  readonly row: MachineRow;
  readonly onAsk: (question: Question) => void;
}

/** The files that one machine has uploaded, newest first, and their content. */
export function FilesPane({ row: { vmcNo, platform }, onAsk }: FilesPaneProps) {
  const { t } = useWords();
  const all = useCrema((s) => s.fetched);
  const inCapture = useCrema(isCapture);
  const files = useMemo(() => all.filter((file) => file.vmcNo === vmcNo), [all, vmcNo]);
  const [share, setShare] = useRemembered('filesShare', 40, isShare);
  const isPossible = platform !== null && rowOf('fetchFile').has[platform] && !inCapture;
  const ask = (
    <Button
      leftSection={<IconFileDownload size={14} />}
      disabled={!isPossible}
      onClick={() => onAsk({ what: 'command', name: 'fetchFile', input: null })}
    >
      {t('command.fetchFile.name')}
    </Button>
  );
  return (
    <section className={classes['pane']} aria-label={t('files.title')}>
      <div className={classes['tools']}>
        {ask}
        {platform === 'linux' && <span className="dim">{t('command.fetchFile.absent.linux')}</span>}
      </div>
      <HistoryList
        words={{
          list: t('files.list'),
          resize: t('files.resize'),
          unreadable: '',
          readSoFar: () => '',
          older: '',
          newer: (count) => t('files.newer', { count }),
        }}
        rows={files}
        begun
        complete
        error={null}
        more={nothingMore}
        idOf={idOf}
        finds={finds}
        columns={<FileColumns />}
        renderLine={renderLine}
        rowHeight={rowHeights.list}
        nothing={<EmptyNote title={t('files.none')} text={t('files.noneText')} />}
        searched={false}
        share={share}
        onShare={setShare}
        renderDetail={({ row, close, step }) => (
          <FileDetail
            key={row.id}
            file={row}
            before={files.find(({ id, type }) => type === row.type && id < row.id) ?? null}
            onClose={close}
            onStep={step}
          />
        )}
      />
    </section>
  );
}

function FileLine({ file: { type, day, at, bytes } }: { readonly file: FetchedFile }) {
  const words = useWords();
  return (
    <div className={classes['line']}>
      <span className="tabular">{words.dateTime(at)}</span>
      <span>
        {words.t(`files.type.${type}`)} <span className="tabular">{day}</span>
      </span>
      <span className="tabular">{words.bytes(bytes)}</span>
    </div>
  );
}

function FileColumns() {
  const { t } = useWords();
  return (
    <div className={classes['columns']}>
      <span>{t('files.column.time')}</span>
      <span>{t('files.column.type')}</span>
      <span>{t('files.column.size')}</span>
    </div>
  );
}
