import { ActionIcon, Group } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp, IconFlag, IconX } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { findings } from '#shared/catalog/findings';
import type { AppError } from '#shared/contract/errors';
import type { FrameDetail } from '#shared/model/frame';
import { request } from '../../bridge/request';
import { useWords } from '../../text/useWords';
import { CopyButton } from '../../ui/Copyable';
import { ErrorNote } from '../../ui/ErrorNote';
import { hexDump, hexText } from '../../ui/hex';
import { useHotkey } from '../../ui/useHotkey';
import { KeyValue, KeyValues } from '../../ui/KeyValue';
import classes from './Frames.module.css';
import facts from './Facts.module.css';

interface FrameDetailPaneProps {
  readonly id: number;
  readonly onClose: () => void;
  readonly onStep: (by: 1 | -1) => void;
}

/** One frame, opened: what it says, in words, as JSON, as bytes. */
export function FrameDetailPane({ id, onClose, onStep }: FrameDetailPaneProps) {
  const { t } = useWords();
  const [frame, setFrame] = useState<FrameDetail | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  useHotkey('Escape', onClose);
  useHotkey('j', () => onStep(1));
  useHotkey('k', () => onStep(-1));
  useEffect(() => {
    let wanted = true;
    const load = async (): Promise<void> => {
      const reply = await request('frame', { id });
      if (!wanted) return;
      setFrame(reply.ok ? reply.value : null);
      setError(reply.ok ? null : reply.error);
    };
    void load();
    return () => {
      wanted = false;
    };
  }, [id]);
  return (
    <section className={classes['detail']} aria-label={t('frames.open', { id })}>
      <header className={classes['detailHead']}>
        <h3>{t('frames.open', { id })}</h3>
        <Group gap={2}>
          <ActionIcon aria-label={t('frames.previous')} onClick={() => onStep(-1)}>
            <IconChevronUp size={16} />
          </ActionIcon>
          <ActionIcon aria-label={t('frames.next')} onClick={() => onStep(1)}>
            <IconChevronDown size={16} />
          </ActionIcon>
          <ActionIcon aria-label={t('frames.close')} onClick={onClose}>
            <IconX size={16} />
          </ActionIcon>
        </Group>
      </header>
      <div className={classes['detailBody']}>
        <ErrorNote error={error} />
        {frame !== null && <Opened frame={frame} />}
      </div>
    </section>
  );
}

/** px: below, sixteen bytes and their text do not fit into a line. */
const wideEnough = 560;

function Opened({ frame }: { readonly frame: FrameDetail }) {
  const { ref, width } = useElementSize();
  const words = useWords();
  const { t } = words;
  const sequence = frame.sequence === null ? '' : `, ${t('frames.sequenceNo', { n: frame.sequence })}`;
  const head = frame.head === null ? t('frames.noHead') : t(`machine.heads.${frame.head}`);
  return (
    <div ref={ref} className={classes['opened']}>
      <KeyValues>
        <KeyValue label={t('frames.direction')}>{t(`frames.${frame.dir}`)}</KeyValue>
        <KeyValue label={t('frames.at')}>
          {words.date(frame.at)} <span className="mono">{words.clock(frame.at)}</span>
        </KeyValue>
        {frame.kind === 'frame' && (
          <KeyValue label={t('frames.head')}>
            {head}
            {sequence}
          </KeyValue>
        )}
      </KeyValues>
      {frame.findings.length > 0 && (
        <ul className={facts['items']} aria-label={t('machine.findings')}>
          {frame.findings.map((finding) => (
            <li
              key={`${finding.code} ${JSON.stringify(finding.params)}`}
              className={facts['item']}
              data-severity={findings[finding.code]}
            >
              <IconFlag size={13} role="img" aria-label={t(`frames.severity.${findings[finding.code]}`)} />
              <div>{words.finding(finding)}</div>
            </li>
          ))}
        </ul>
      )}
      {frame.json === null ? (
        <>
          {frame.kind === 'frame' && <p className="dim">{t('frames.notJson')}</p>}
          <Block title={t('frames.bodyAs.text')} copy={() => frame.fullText} copyLabel={t('frames.copyText')}>
            {frame.fullText}
          </Block>
        </>
      ) : (
        <>
          <Block
            title={t('frames.bodyAs.json')}
            copy={() => JSON.stringify(frame.json, null, 2)}
            copyLabel={t('frames.copyJson')}
          >
            {JSON.stringify(frame.json, null, 2)}
          </Block>
          <Block title={t('frames.bodyAs.text')} copy={() => frame.fullText} copyLabel={t('frames.copyText')}>
            {frame.fullText}
          </Block>
        </>
      )}
      <Block
        title={`${t('frames.bodyAs.hex')} · ${words.bytes(frame.size)}`}
        copy={() => hexText(frame.bytes)}
        copyLabel={t('frames.copyHex')}
        whole
      >
        {hexDump(frame.bytes, width < wideEnough ? 8 : 16)}
      </Block>
    </div>
  );
}

interface BlockProps {
  readonly title: string;
  readonly copy: () => string;
  readonly copyLabel: string;
  /** Lines are not broken. */
  readonly whole?: boolean;
  readonly children: ReactNode;
}
function Block({ title, copy, copyLabel, whole, children }: BlockProps) {
  return (
    <div>
      <div className={classes['blockHead']}>
        <h4>{title}</h4>
        <CopyButton text={copy} what={title}>
          {copyLabel}
        </CopyButton>
      </div>
      <pre className={classes['pre']} data-whole={whole || undefined}>
        {children}
      </pre>
    </div>
  );
}
