import { Button, Checkbox, Group, SegmentedControl, Select, Textarea } from '@mantine/core';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { checkBody } from '#shared/compose/checkBody';
import { templates as templatesOf } from '#shared/compose/templates';
import type { AppError } from '#shared/contract/errors';
import { longFrame } from '#shared/limits';
import type { FrameDetail } from '#shared/model/frame';
import { request } from '../../../bridge/request';
import { useConfig, useRow } from '../../../store';
import { isAskedForProof } from '../../../store/unasked';
import { hintWords, sendQuestion } from '../../../text/detailWords';
import { useWords } from '../../../text/useWords';
import { Boundary } from '../../../ui/Boundary';
import { Dialog } from '../../../ui/Dialog';
import { ErrorNote } from '../../../ui/ErrorNote';
import { WarningNote } from '../../../ui/WarningNote';
import {
  bytesDraft,
  firstDraft,
  hexIsOld,
  keepDraft,
  keptDraft,
  outcomeOf,
  recordedDraft,
  templateDraft,
  type Draft,
  type Framing,
} from './composeDraft';
import { ComposeResult } from './ComposeResult';
import { framingOf } from './framing';
import classes from './Compose.module.css';

interface ComposeDialogProps {
  readonly vmcNo: number;
  /** The recorded message to start with; `null`: an empty one. */
  readonly frame: FrameDetail | null;
  readonly onClose: () => void;
}

const recorded = '#recorded';

/** A custom message to a machine, from a template or a recorded frame; checked while typed, with the answer beside it. */
export function ComposeDialog({ vmcNo, frame, onClose }: ComposeDialogProps) {
  const words = useWords();
  const { t } = words;
  const row = useRow(vmcNo);
  const { name, head: fixedHead } = useConfig(vmcNo);
  const platform = row?.platform ?? null;
  const [now] = useState(() => new Date());
  const templates = useMemo(() => templatesOf(vmcNo, platform, now), [vmcNo, platform, now]);
  const key = `${vmcNo} ${frame?.id ?? ''}`;
  const [draft, setDraft] = useState<Draft>(() => keptDraft(key) ?? firstDraft(frame, templates));
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const [sent, setSent] = useState<{ readonly id: number; readonly cmd: string | null } | null>(null);
  const outcome = useMemo(() => outcomeOf(draft, platform), [draft, platform]);
  const { content, wrong, size, risk, mayBe } = outcome;
  const online = row?.online === true;
  const relayed = row?.relay === 'relayed';
  const [to, setTo] = useState<'machine' | 'server'>('machine');
  const toServer = relayed && to === 'server';
  const offline = online ? null : t('compose.offline', { vmcNo });
  // The same question as the server's, which may not know the machine's program either.
  const needsProof =
    !toServer && row !== undefined && mayBe.some((one) => isAskedForProof(one, { ...row, platform: null }));
  const [isAnyway, setAnyway] = useState(false);
  const asks = toServer || needsProof || risk?.risk !== 'none';
  const question = sendQuestion(words, risk);

  const change = (next: Draft): void => {
    keepDraft(key, next);
    setDraft(next);
    setAsking(false);
    setAnyway(false);
    setError(null);
  };
  const [wantsBytes, setWantsBytes] = useState(false);
  const onFraming = useEffectEvent((framing: Framing) => {
    setWantsBytes(false);
    change(bytesDraft(draft, framing));
  });
  useEffect(() => {
    if (!wantsBytes) return;
    let wanted = true;
    void framingOf(vmcNo, fixedHead, online).then((framing) => wanted && onFraming(framing));
    return () => {
      wanted = false;
    };
  }, [wantsBytes, vmcNo, fixedHead, online]);
  const sendAs = (as: Draft['as']): void => {
    setWantsBytes(as === 'bytes' && hexIsOld(draft));
    if (as === 'text' || !hexIsOld(draft)) change({ ...draft, as });
  };
  const begin = (from: string | null): void => {
    const template = templates.find(({ id }) => id === from);
    if (template !== undefined)
      change({
        ...templateDraft(template, frame?.json ?? null),
        hex: draft.hex,
        hexOf: draft.hexOf,
      });
    else if (from === recorded && frame !== null) change(recordedDraft(frame));
  };
  const send = async (): Promise<void> => {
    if (content === null || busy) return;
    setBusy(true);
    setError(null);
    const reply = await request('sendFrame', {
      vmcNo,
      content,
      ...(toServer && { to }),
      ...(needsProof && isAnyway && { anyway: true }),
    });
    setBusy(false);
    setAsking(false);
    if (reply.ok) setSent({ id: reply.value.id, cmd: outcome.cmd });
    else setError(reply.error);
  };
  return (
    <Dialog
      title={t('compose.title', { machine: name === '' ? String(vmcNo) : `${vmcNo} ${name}` })}
      size={900}
      onClose={onClose}
    >
      <div className={classes['compose']}>
        <form
          className={classes['write']}
          onSubmit={(event) => {
            event.preventDefault();
            if (offline !== null || content === null) return;
            if (asks && !asking) setAsking(true);
            else void send();
          }}
        >
          <div className={classes['choices']}>
            <Select
              label={t('compose.start')}
              className={classes['start'] ?? ''}
              searchable
              allowDeselect={false}
              maxDropdownHeight={300}
              data={[
                ...(frame === null
                  ? []
                  : [{ value: recorded, label: t('compose.recorded', { id: frame.id }) }]),
                ...templates.map(({ id, cmd }) => {
                  const meaning = words.command(cmd);
                  return { value: id, label: meaning === null ? id : `${id} · ${meaning}` };
                }),
              ]}
              value={draft.from ?? recorded}
              onChange={begin}
            />
            <Choice
              label={t('compose.as')}
              value={wantsBytes ? 'bytes' : draft.as}
              onChange={sendAs}
              data={[
                { value: 'text', label: 'JSON' },
                { value: 'bytes', label: t('compose.asBytes') },
              ]}
            />
            {relayed && (
              <Choice
                label={t('compose.to')}
                value={to}
                onChange={(next) => {
                  setTo(next);
                  setAsking(false);
                }}
                data={(['machine', 'server'] as const).map((value) => ({
                  value,
                  label: t(`compose.ends.${value}`),
                }))}
              />
            )}
            {draft.as === 'text' && (
              <Choice
                label={t('compose.head')}
                value={draft.head}
                onChange={(head) => change({ ...draft, head })}
                data={(['machine', 'decimal', 'le48'] as const).map((head) => ({
                  value: head,
                  label: head === 'machine' ? t('compose.headOfMachine') : t(`machine.heads.${head}`),
                }))}
              />
            )}
          </div>
          <Textarea
            size="xs"
            label={t(draft.as === 'text' ? 'compose.text' : 'compose.hex')}
            data-autofocus
            autosize
            minRows={6}
            maxRows={12}
            spellCheck={false}
            maxLength={draft.as === 'text' ? 9_987 : 400_000}
            classNames={{ input: 'mono' }}
            value={draft.as === 'text' ? draft.text : draft.hex}
            onChange={(event) =>
              change({ ...draft, [draft.as === 'text' ? 'text' : 'hex']: event.currentTarget.value })
            }
            error={wrong === 'hexWrong' && t('compose.hexWrong')}
          />
          <p className={classes['size']}>
            {size !== null &&
              (draft.as === 'text' ? t('compose.size', { bytes: words.bytes(size) }) : words.bytes(size))}
          </p>
          {size !== null && size > longFrame && (
            <p className={classes['mind']}>{t(wrong === 'tooLong' ? 'compose.tooLong' : 'compose.long')}</p>
          )}
          {draft.as === 'text' && draft.text !== '' && (
            <Boundary where={`hints on a message to machine ${vmcNo}`} of={draft.text}>
              <Hints text={draft.text} vmcNo={vmcNo} />
            </Boundary>
          )}
          {asking && (
            <WarningNote role="alert">
              {toServer ? (
                t('compose.askServer', { vmcNo })
              ) : (
                <>
                  <strong>{question.what}</strong> {question.mind}
                </>
              )}
            </WarningNote>
          )}
          {asking && needsProof && (
            <WarningNote role="alert">
              <p>{t('identity.ask')}</p>
              <Checkbox
                label={t('identity.anyway')}
                checked={isAnyway}
                onChange={(event) => setAnyway(event.currentTarget.checked)}
              />
            </WarningNote>
          )}
          <ErrorNote error={error} />
          <Group gap="sm" justify="flex-end">
            {(offline ?? (wrong === 'empty' ? t('compose.empty') : null)) !== null && (
              <span className="dim">{offline ?? t('compose.empty')}</span>
            )}
            <Button variant="default" onClick={asking ? () => setAsking(false) : onClose}>
              {t(asking ? 'compose.back' : 'app.cancel')}
            </Button>
            <Button
              key={asking ? 'now' : 'ask'}
              type="submit"
              loading={busy}
              disabled={offline !== null || content === null || (asking && needsProof && !isAnyway)}
            >
              {t(asking ? 'compose.sendNow' : 'compose.send')}
            </Button>
          </Group>
        </form>
        <Boundary key={sent?.id ?? 0} where={`result of a message to machine ${vmcNo}`}>
          <ComposeResult vmcNo={vmcNo} sent={sent} onLeave={onClose} />
        </Boundary>
      </div>
    </Dialog>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly data: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
}
function Choice<T extends string>({ label, value, data, onChange }: ChoiceProps<T>) {
  return (
    <div>
      <div className={classes['label']} aria-hidden>
        {label}
      </div>
      <SegmentedControl aria-label={label} value={value} data={[...data]} onChange={onChange} />
    </div>
  );
}

/** Hints from the catalogue while the user types. */
function Hints({ text, vmcNo }: { readonly text: string; readonly vmcNo: number }) {
  const words = useWords();
  const { t } = words;
  const hints = useMemo(() => checkBody(text, vmcNo), [text, vmcNo]);
  return (
    <section aria-label={t('compose.hints')} aria-live="polite" className={classes['hints']}>
      {hints.length === 0 ? (
        <p className="dim">{t('compose.fits')}</p>
      ) : (
        <ul>
          {hints.map((hint) => (
            <li key={JSON.stringify(hint)}>{hintWords(words, hint)}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
