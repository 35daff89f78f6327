import { Button, Group, Radio } from '@mantine/core';
import { useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import { exportFormats, type ExportFormat } from '#shared/model/capture';
import { everyFrame, type FrameFilter } from '#shared/filter/frames';
import { request } from '../../bridge/request';
import { useCrema } from '../../store';
import { useRemembered } from '../../store/remembered';
import { shownCapture } from '../../store/source';
import { exportWords } from '../../text/captureWords';
import { useWords } from '../../text/useWords';
import { Dialog } from '../../ui/Dialog';
import { ErrorNote } from '../../ui/ErrorNote';
import classes from './Captures.module.css';

const isFormat = (value: unknown): value is ExportFormat => exportFormats.some((format) => format === value);

const choices = ['given', 'chosen', 'filtered', 'marked', 'all'] as const;
type What = (typeof choices)[number];
const isChoice = (value: string): value is What => choices.some((choice) => choice === value);

const isFiltering = ({ vmcNo, dir, cmd, text }: FrameFilter): boolean =>
  vmcNo !== null || dir !== null || cmd !== null || text !== '';

/** The Wireshark dissector for our frames. */
function Dissector() {
  const { t } = useWords();
  const [saved, setSaved] = useState<string | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const save = async (): Promise<void> => {
    const reply = await request('saveDissector', undefined);
    setError(reply.ok ? null : reply.error);
    if (reply.ok && reply.value !== null) setSaved(reply.value);
  };
  return (
    <div>
      <p className="dim">{t('capture.exporting.dissectorNote')}</p>
      <Group gap="sm">
        <Button variant="default" size="compact-sm" onClick={() => void save()}>
          {t('capture.exporting.dissector')}
        </Button>
        {saved !== null && (
          <span role="status">{t('capture.exporting.dissectorSaved', { file: saved })}</span>
        )}
      </Group>
      <ErrorNote error={error} />
    </div>
  );
}

const marked: FrameFilter = { ...everyFrame, text: 'mark:* OR note:*' };

/** Choice of frames and format; main asks for the file. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords();
  const { t } = words;
  const capture = useCrema(shownCapture);
  const everything =
    capture === null
      ? 'everythingLive'
      : capture.reading.state === 'running'
        ? 'everythingSoFar'
        : 'everythingCapture';
  const everythingWords = t(
    (capture?.site ?? null) === null ? `capture.exporting.${everything}` : 'sites.everything',
  );
  // As chosen when the dialog opened: the list behind it may drop its selection.
  const [chosen] = useState(useCrema((s) => s.selectedFrames));
  const [areFrames] = useState(useCrema((s) => s.selectedAreFrames));
  const filter = useCrema((s) => s.followed);
  const filtering = isFiltering(filter);
  const [asked] = useState(useCrema((s) => s.exporting));
  const given = typeof asked === 'object' ? asked : null;
  const filters: Readonly<Record<What, FrameFilter>> = {
    given: given?.filter ?? everyFrame,
    chosen: everyFrame,
    filtered: filter,
    marked,
    all: everyFrame,
  };
  const [what, setWhat] = useState<What>(
    given !== null
      ? 'given'
      : chosen.length > 0 && asked !== 'listed'
        ? 'chosen'
        : filtering
          ? 'filtered'
          : 'all',
  );
  const [format, setFormat] = useRemembered<ExportFormat>('exportFormat', 'pcapng', isFormat);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const write = async (): Promise<void> => {
    setBusy(true);
    const reply = await request('exportFrames', {
      filter: filters[what],
      format,
      words: exportWords(words),
      ...(what === 'chosen' && { ids: [...chosen] }),
    });
    setBusy(false);
    setError(reply.ok ? null : reply.error);
    // After a cancelled file dialog, the choices stay.
    if (reply.ok && reply.value !== null) onClose();
  };
  return (
    <Dialog title={t('capture.exporting.title')} onClose={onClose}>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void write();
        }}
      >
        <Radio.Group
          label={t('capture.exporting.what')}
          value={what}
          onChange={(value) => isChoice(value) && setWhat(value)}
        >
          <div className={classes['choices']}>
            {given !== null && <Radio value="given" label={given.label} />}
            {chosen.length > 0 && (
              <Radio
                value="chosen"
                label={t(areFrames ? 'capture.exporting.chosenFrames' : 'capture.exporting.chosenEntries', {
                  count: chosen.length,
                })}
              />
            )}
            <Radio
              value="filtered"
              label={t('capture.exporting.filtered')}
              disabled={!filtering}
              description={filtering ? undefined : t('capture.exporting.noFilter')}
            />
            <Radio value="marked" label={t('capture.exporting.marked')} />
            <Radio value="all" label={everythingWords} />
          </div>
        </Radio.Group>
        <Radio.Group
          label={t('capture.exporting.format')}
          value={format}
          onChange={(value) => isFormat(value) && setFormat(value)}
        >
          <div className={classes['choices']}>
            {exportFormats.map((each) => (
              <Radio
                key={each}
                value={each}
                label={t(`capture.exporting.${each}`)}
                description={t(`capture.exporting.${each}Note`)}
              />
            ))}
          </div>
        </Radio.Group>
        {format === 'pcapng' && <Dissector />}
        <ErrorNote error={error} />
        <Group gap="sm" justify="flex-end" className={classes['foot'] ?? ''}>
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={busy} data-autofocus>
            {t('capture.exporting.go')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
