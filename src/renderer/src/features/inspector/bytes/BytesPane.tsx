import { useMemo } from 'react';
import { findings } from '#shared/findings';
import type { FrameDetail } from '#shared/model/frame';
import { repairReason } from '../../../text/detailWords';
import { useWords } from '../../../text/useWords';
import { Bytes, type ByteFinding } from './Bytes';
import { BytesText } from './BytesText';
import { wireText } from './copyForms';
import {
  findingBytes,
  placeAtByte,
  placeAtText,
  spansOf,
  textOfBytes,
  type FrameMap,
  type FrameSelection,
} from './frameMap';
import classes from './BytesPane.module.css';

interface BytesPaneProps {
  readonly part: 'text' | 'bytes';
  readonly frame: FrameDetail;
  readonly map: FrameMap;
  readonly selection: FrameSelection | null;
  readonly onSelect: (selection: FrameSelection) => void;
  readonly perLine: 8 | 16;
  /** The name of a selected member that does not occur here. */
  readonly absent: string | null;
}

/** The frame as text or as bytes, with the selection. */
export function BytesPane({ part, frame, map, selection, onSelect, perLine, absent }: BytesPaneProps) {
  const words = useWords();
  const { t } = words;
  const { selected, value, text, valueText } = spansOf(map, selection);
  const byteFindings = useMemo(
    () =>
      frame.findings.flatMap((finding): readonly ByteFinding[] => {
        const bytes = findingBytes(map, frame, finding);
        if (bytes === null) return [];
        const { code } = finding;
        const wording = { text: words.finding(finding), reason: repairReason(words, code) };
        return [{ bytes, severity: findings[code], ...wording }];
      }),
    [frame, map, words],
  );
  const selectByte = (offset: number): void => {
    const place = placeAtByte(map, offset);
    onSelect(place === null ? { bytes: { from: offset, to: offset + 1 } } : { id: place.id });
  };
  const selectText = (offset: number): void => {
    const place = placeAtText(map, offset);
    if (place !== null) onSelect({ id: place.id });
    else if (map.bytesOf !== null && offset < map.bytesOf.length - 1) selectByte(map.bytesOf[offset] ?? 0);
  };
  const stepText = (by: 1 | -1): void => {
    const parts = [...map.places.values()].filter((place) => place.text !== null);
    const from =
      selection !== null && 'id' in selection ? parts.findIndex(({ id }) => id === selection.id) : -1;
    const next = parts[from < 0 ? 0 : from + by];
    if (next !== undefined) onSelect({ id: next.id });
  };
  return (
    <div className={classes['bytesPane']}>
      <p role="status" className={classes['selectionBar']}>
        <SelectionWords map={map} selection={selection} absent={absent} />
      </p>
      {map.bytesOf === null && frame.kind === 'frame' && <p className="dim">{t('detail.unmapped')}</p>}
      <div className={classes['block']}>
        {part === 'text' ? (
          <BytesText
            text={frame.fullText}
            copied={(piece) => wireText(frame, piece)}
            selected={text}
            value={valueText}
            flagged={byteFindings.flatMap(({ bytes }) => textOfBytes(map, bytes) ?? [])}
            onSelect={selectText}
            onStep={stepText}
          />
        ) : (
          <Bytes
            bytes={frame.bytes}
            perLine={perLine}
            selected={selected}
            value={value}
            findings={byteFindings}
            onSelect={selectByte}
          />
        )}
      </div>
    </div>
  );
}

/** "ProductAmount, bytes 45 to 62, 18 B" */
function SelectionWords({ map, selection, absent }: Pick<BytesPaneProps, 'map' | 'selection' | 'absent'>) {
  const words = useWords();
  const { t } = words;
  if (selection === null) return <span className="dim">{t('detail.pick')}</span>;
  const { selected } = spansOf(map, selection);
  const place = 'id' in selection ? map.places.get(selection.id) : undefined;
  const name = 'id' in selection && !selection.id.startsWith('#') ? pathText(selection.id) : null;
  const where =
    selected === null
      ? absent
      : selected.to - selected.from === 1
        ? t('detail.pickedByte', { from: selected.from })
        : t('detail.pickedBytes', {
            from: selected.from,
            to: selected.to - 1,
            size: words.bytes(selected.to - selected.from),
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
