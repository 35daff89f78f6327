import type { ReactNode } from 'react';
import { numberOf, type FrameDetail } from '#shared/model/frame';
import { useConfig, useCrema, useRow } from '../../../store';
import { formatRoute } from '../../../store/route';
import { isCapture } from '../../../store/source';
import { clockWords } from '../../../text/captureWords';
import { useWords } from '../../../text/useWords';
import { KeyValues } from '../../../ui/KeyValue';
import { ConnectionFacts } from './ConnectionFacts';
import { Fact } from './Fact';
import { headId, type FrameMap, type HeadPart, type FrameSelection } from '../bytes/frameMap';
import { headFacts } from '../bytes/headFacts';
import { useTarget } from './useTarget';
import { onlyText, shown, shownDirection, shownHead, shownMachine, shownTime } from './values';
import classes from './Detail.module.css';

interface FrameFactsProps {
  readonly frame: FrameDetail;
  readonly ofAll: boolean;
  readonly map: FrameMap;
  readonly onSelect: (picked: FrameSelection) => void;
}

/** Time, origin and framing of a frame. */
export function FrameFacts({ frame, ofAll, map, onSelect }: FrameFactsProps) {
  const words = useWords();
  const inCapture = useCrema(isCapture);
  const { t } = words;
  const { dir, head, sequence } = frame;
  const vmcNo = useTarget(frame);
  const facts = headFacts(frame);
  const isFrame = frame.kind === 'frame';
  const part = (name: HeadPart, content: ReactNode): ReactNode =>
    map.places.has(headId(name)) ? (
      <button
        type="button"
        className={classes['link']}
        title={t('detail.selectPart', { part: t(`detail.part.${name}`) })}
        onClick={() => onSelect({ id: headId(name) })}
      >
        {content}
      </button>
    ) : (
      content
    );
  return (
    <KeyValues>
      {frame.original !== undefined && (
        <Fact label={t('frames.number')} of={[shown('id', numberOf(frame))]}>
          {frame.original.id === null ? (
            <span className="dim">{t('frames.noNumber')}</span>
          ) : (
            frame.original.id
          )}
          {frame.journal !== null && (
            <span className="dim" title={frame.journal}>
              {' '}
              {t('frames.ofJournal', { journal: frame.journal.slice(0, 8) })}
            </span>
          )}
        </Fact>
      )}
      <Fact label={t('frames.direction')} of={dir === null ? [] : [shownDirection(dir)]}>
        {dir !== null && t(`frames.${dir}`)}
      </Fact>
      <Fact label={t('frames.at')} of={[shownTime(frame.at)]}>
        <span title={clockWords(words, inCapture)}>
          {words.date(frame.at)} <span className="mono">{words.clock(frame.at)}</span>
        </span>
      </Fact>
      {ofAll && (
        <Fact label={t('frames.machine')} of={[shownMachine(vmcNo)]}>
          {vmcNo === null ? t('frames.noMachine') : <MachineLink vmcNo={vmcNo} />}
        </Fact>
      )}
      <ConnectionFacts frame={frame} />
      <Fact label={t('frames.head')} of={[shownHead(frame)]}>
        {isFrame && (head === null ? part('head', t('frames.noHead')) : t(`machine.heads.${head}`))}
      </Fact>
      <Fact label={t('frames.declared')} of={[shown('size', frame.size)]}>
        {facts?.declared != null &&
          part(
            'length',
            facts.declared === frame.size
              ? t('frames.declares', { bytes: words.number(facts.declared) })
              : t('frames.declaresOther', {
                  bytes: words.number(facts.declared),
                  actual: words.number(frame.size),
                }),
          )}
      </Fact>
      <Fact label={t('frames.sequence')} of={[shown('seq', sequence)]}>
        {sequence !== null && part('sequence', sequence)}
      </Fact>
      <Fact label={t('frames.padding')} of={[onlyText(facts?.padding ?? '')]}>
        {facts !== null &&
          part(head === 'le48' ? 'sequence' : 'padding', <span className="mono">{facts.padding}</span>)}
      </Fact>
    </KeyValues>
  );
}

function MachineLink({ vmcNo }: { readonly vmcNo: number }) {
  const { t } = useWords();
  const isKnown = useRow(vmcNo) !== undefined;
  const { name } = useConfig(vmcNo);
  return (
    <>
      {isKnown ? (
        <a
          href={formatRoute({ screen: 'machines', vmcNo, tab: 'overview' })}
          title={t('frames.toMachine', { vmcNo })}
        >
          {vmcNo}
        </a>
      ) : (
        vmcNo
      )}{' '}
      {name}
    </>
  );
}
