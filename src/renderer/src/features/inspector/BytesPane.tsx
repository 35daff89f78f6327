import { useMemo } from 'react';
import { findings } from '#shared/findings';
import type { FrameDetail } from '#shared/model/frame';
import { repairReason } from '../../text/detailWords';
import { useWords } from '../../text/useWords';
import { CopyButton } from '../../ui/Copyable';
import { hexText } from '../../ui/hex';
import { Bytes, type Remark } from './Bytes';
import { BytesText } from './BytesText';
import { CopyMenu } from './CopyMenu';
import { copiesOf } from './copyForms';
import { findingBytes, placeAtByte, placeAtText, textOfBytes, type FrameMap, type Picked } from './frameMap';
import { spansOf } from './picked';
import classes from './Detail.module.css';

interface BytesPaneProps {
  readonly frame: FrameDetail;
  readonly map: FrameMap;
  readonly picked: Picked | null;
  readonly onPick: (picked: Picked) => void;
  readonly perLine: 8 | 16;
  /** What a picked member that has no place here is. */
  readonly absent: string | null;
}

/** The frame as text and as bytes, with what is chosen in both. */
export function BytesPane({ frame, map, picked, onPick, perLine, absent }: BytesPaneProps) {
  const words = useWords();
  const { t } = words;
  const { chosen, value, text, valueText } = spansOf(map, picked);
  const remarks = useMemo(
    () =>
      frame.findings.flatMap((finding): readonly Remark[] => {
        const bytes = findingBytes(map, frame, finding);
        if (bytes === null) return [];
        const { code } = finding;
        const said = { text: words.finding(finding), reason: repairReason(words, code) };
        return [{ bytes, severity: findings[code], ...said }];
      }),
    [frame, map, words],
  );
  const pickByte = (offset: number): void => {
    const place = placeAtByte(map, offset);
    onPick(place === null ? { bytes: { from: offset, to: offset + 1 } } : { id: place.id });
  };
  const pickText = (offset: number): void => {
    const place = placeAtText(map, offset);
    if (place !== null) onPick({ id: place.id });
    else if (map.bytesOf !== null && offset < map.bytesOf.length - 1) pickByte(map.bytesOf[offset] ?? 0);
  };
  const stepText = (by: 1 | -1): void => {
    const parts = [...map.places.values()].filter((place) => place.text !== null);
    const from = picked !== null && 'id' in picked ? parts.findIndex(({ id }) => id === picked.id) : -1;
    const next = parts[from < 0 ? 0 : from + by];
    if (next !== undefined) onPick({ id: next.id });
  };
  return (
    <div className={classes['bytesPane']}>
      <div className={classes['pickedBar']}>
        <p role="status">
          <PickedWords frame={frame} map={map} picked={picked} absent={absent} />
        </p>
        {picked !== null && (
          <CopyMenu copies={() => copiesOf(frame, map, picked)} label={t('detail.copySelected')} />
        )}
      </div>
      {map.bytesOf === null && frame.kind === 'frame' && <p className="dim">{t('detail.unmapped')}</p>}
      <section className={classes['textBlock']} aria-label={t('frames.bodyAs.text')}>
        <div className={classes['blockHead']}>
          <h4>{t('frames.bodyAs.text')}</h4>
          <CopyButton text={() => frame.fullText} what={t('frames.bodyAs.text')}>
            {t('frames.copyText')}
          </CopyButton>
        </div>
        <BytesText
          text={frame.fullText}
          chosen={text}
          value={valueText}
          remarked={remarks.flatMap(({ bytes }) => textOfBytes(map, bytes) ?? [])}
          onPick={pickText}
          onStep={stepText}
        />
      </section>
      <section className={classes['hexBlock']} aria-label={t('frames.bodyAs.hex')}>
        <div className={classes['blockHead']}>
          <h4>{`${t('frames.bodyAs.hex')} · ${words.bytes(frame.size)}`}</h4>
          <CopyButton text={() => hexText(frame.bytes)} what={t('frames.bodyAs.hex')}>
            {t('frames.copyHex')}
          </CopyButton>
        </div>
        <Bytes
          bytes={frame.bytes}
          perLine={perLine}
          chosen={chosen}
          value={value}
          remarks={remarks}
          onPick={pickByte}
        />
      </section>
    </div>
  );
}

/** "ProductAmount, bytes 45 to 62, 18 B" */
function PickedWords({ map, picked, absent }: Pick<BytesPaneProps, 'frame' | 'map' | 'picked' | 'absent'>) {
  const words = useWords();
  const { t } = words;
  if (picked === null) return <span className="dim">{t('detail.pick')}</span>;
  const { chosen } = spansOf(map, picked);
  const place = 'id' in picked ? map.places.get(picked.id) : undefined;
  const name = 'id' in picked && !picked.id.startsWith('#') ? pathText(picked.id) : null;
  const where =
    chosen === null
      ? absent
      : chosen.to - chosen.from === 1
        ? t('detail.pickedByte', { from: chosen.from })
        : t('detail.pickedBytes', {
            from: chosen.from,
            to: chosen.to - 1,
            size: words.bytes(chosen.to - chosen.from),
          });
  return (
    <>
      {place?.head != null && <strong>{t(`detail.part.${place.head}`)} </strong>}
      {name !== null && <strong className="mono">{name} </strong>}
      {where}
    </>
  );
}

const pathText = (id: string): string => (JSON.parse(id) as readonly (string | number)[]).join('.');
