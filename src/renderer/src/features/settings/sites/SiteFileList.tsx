import { Button, Group, Progress } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import { isOver, type Job } from '#shared/model/capture';
import type { Site } from '#shared/model/sites';
import type { SiteFile, SiteFileList as Listed } from '#shared/model/siteFiles';
import { request, useRequest } from '../../../bridge/request';
import { showJob } from '../../../bridge/source';
import { useCrema } from '../../../store';
import { jobFacts, percentOf } from '../../../text/captureWords';
import type { Shape } from '../../../text/shapes';
import { useWords } from '../../../text/useWords';
import type { Words } from '../../../text/words';
import { AskOnce } from '../../../ui/AskOnce';
import { Boundary } from '../../../ui/Boundary';
import { Dialog } from '../../../ui/Dialog';
import { ErrorNote } from '../../../ui/ErrorNote';
import { StateShape } from '../../../ui/StateShape';
import classes from './Sites.module.css';

const shapes = {
  complete: 'online',
  incomplete: 'warning',
  coming: 'pending',
  differs: 'error',
  unreadable: 'error',
} as const satisfies Record<SiteFile['state'], Shape>;

/** ms between lists while the dialog is open: files come and go. */
const listEvery = 5_000;

interface FileListProps {
  readonly site: Site;
  readonly onClose: () => void;
}

/** The files in a site's stream. */
export function SiteFileList({ site: { id, name, role }, onClose }: FileListProps) {
  const { t } = useWords();
  const [listed, setListed] = useState<Listed | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  /** The newest job of each file. */
  const [asked, setAsked] = useState<ReadonlyMap<string, number>>(new Map());
  const jobs = useCrema((s) => s.jobs);
  /** Grows when the broker is to be asked again. */
  const [asks, setAsks] = useState(0);
  const again = (): void => setAsks((count) => count + 1);
  useEffect(() => {
    let isOld = false;
    const list = async (): Promise<void> => {
      const reply = await request('siteFiles', { id });
      if (isOld) return;
      if (reply.ok) setListed(reply.value);
      setError(reply.ok ? null : reply.error);
    };
    void list();
    const timer = setTimeout(() => setAsks(asks + 1), listEvery);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [id, asks]);
  const files = listed?.files ?? [];
  return (
    <Dialog size={860} title={t('sites.files.title', { site: name })} onClose={onClose}>
      <div className={classes['files']}>
        <p className="dim">{t(`sites.files.note.${role}`)}</p>
        <ErrorNote error={error} />
        {listed === null && error === null && <p role="status">{t('sites.files.reading')}</p>}
        {listed !== null && files.length === 0 && <p role="status">{t(`sites.files.none.${role}`)}</p>}
        {files.length > 0 && (
          <div className={classes['table']}>
            <table aria-label={t('sites.files.table')}>
              <thead>
                <tr>
                  <th scope="col">{t('sites.files.column.name')}</th>
                  <th scope="col">{t('sites.files.column.size')}</th>
                  <th scope="col">{t('sites.files.column.at')}</th>
                  <th scope="col">{t('sites.files.column.computer')}</th>
                  <th scope="col">
                    <span className={classes['hidden']}>{t('sites.files.column.actions')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {files.map((file) => (
                  <Boundary key={file.id} as="row" where={`file ${file.id}`} of={file}>
                    <FileRow
                      site={id}
                      file={file}
                      job={jobs.find((job) => job.id === asked.get(file.id)) ?? null}
                      mayFetch={role === 'read'}
                      mayRemove={listed?.mayRemove === true}
                      onJob={(job) => setAsked(new Map(asked).set(file.id, job.id))}
                      onRemoved={again}
                    />
                  </Boundary>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {listed !== null && listed.leftOut > 0 && (
          <p className="dim">{t('sites.files.leftOut', { count: listed.leftOut })}</p>
        )}
        {listed !== null && !listed.mayRemove && files.length > 0 && (
          <p className="dim">{t(`sites.files.removedLater.${role}`)}</p>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('sites.form.close')}
          </Button>
        </Group>
      </div>
    </Dialog>
  );
}

/** A job on this computer comes before the state at the broker. */
function stateOf(words: Words, { state }: SiteFile, job: Job | null): readonly [Shape, string] {
  const { t } = words;
  switch (job?.state) {
    case 'waiting':
      return ['pending', t('sites.files.waits')];
    case 'running':
      return ['restarting', t('sites.files.fetching', { far: jobFacts(words, job) })];
    case 'failed':
      return ['error', jobFacts(words, job)];
    case 'done':
      return [shapes[state], t('sites.files.fetched')];
    case 'cancelled':
    case undefined:
      return [shapes[state], t(`sites.files.state.${state}`)];
  }
}

interface FileRowProps {
  readonly site: string;
  readonly file: SiteFile;
  readonly job: Job | null;
  readonly mayFetch: boolean;
  readonly mayRemove: boolean;
  readonly onJob: (job: Job) => void;
  readonly onRemoved: () => void;
}
function FileRow({ site, file, job, mayFetch, mayRemove, onJob, onRemoved }: FileRowProps) {
  const words = useWords();
  const { t } = words;
  const { id, name, bytes, at, computer, state } = file;
  const cancel = useRequest('cancelJob');
  const remove = useRequest('removeSiteFile');
  const [error, setError] = useState<AppError | null>(null);
  const shown = name === '' ? t('sites.files.unnamed') : name;
  const fetchAs = async (as: 'file' | 'capture'): Promise<void> => {
    const reply = await request('fetchSiteFile', { id: site, file: id, name, as });
    setError(reply.ok ? null : reply.error);
    if (!reply.ok || reply.value === null) return;
    if (as === 'capture') showJob(reply.value.id, [reply.value]);
    onJob(reply.value);
  };
  const [shape, says] = stateOf(words, file, job);
  /** Its figures change too often to be read out. */
  const isRunning = job?.state === 'running';
  const isMoving = job !== null && !isOver(job);
  const canFetch = mayFetch && (state === 'complete' || state === 'differs');
  return (
    <tr data-file={id} data-state={state}>
      <th scope="row">
        <strong>{shown}</strong>
        <span className={classes['state']} {...(!isRunning && { role: 'status' })}>
          <StateShape status={shape} decorative />
          <span className="tabular">{says}</span>
        </span>
        {job !== null && isMoving && (
          <Progress
            size="sm"
            value={percentOf(job)}
            aria-label={t('capture.job.progress', { file: shown })}
            transitionDuration={0}
          />
        )}
        <ErrorNote error={error ?? remove.error ?? cancel.error} />
      </th>
      <td className={`tabular ${classes['whole'] ?? ''}`}>{words.bytes(bytes)}</td>
      <td className="tabular">{at === null ? '' : words.dateTime(at)}</td>
      <td>{computer}</td>
      <td>
        <Group gap="xs" justify="flex-end">
          {job !== null && isMoving ? (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`${t('app.cancel')} ${shown}`}
              onClick={() => void cancel.run({ id: job.id })}
            >
              {t('app.cancel')}
            </Button>
          ) : (
            canFetch && (
              <>
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={`${t('sites.files.open')} ${shown}`}
                  onClick={() => void fetchAs('capture')}
                >
                  {t('sites.files.open')}
                </Button>
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={`${t('sites.files.save')} ${shown}`}
                  onClick={() => void fetchAs('file')}
                >
                  {t('sites.files.save')}
                </Button>
              </>
            )
          )}
          {mayRemove && !isMoving && (
            <AskOnce
              label={t('sites.files.remove')}
              name={`${t('sites.files.remove')} ${shown}`}
              size="compact-sm"
              danger
              question={t('sites.files.removeAsk', { file: shown })}
              yes={t('sites.remove.yes')}
              busy={remove.busy}
              onYes={() => void remove.run({ id: site, file: id, name }).then((done) => done && onRemoved())}
            />
          )}
        </Group>
      </td>
    </tr>
  );
}
