import { useElementSize } from '@mantine/hooks';
import { IconFlag } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import { findings } from '#shared/findings';
import type { FrameDetail } from '#shared/model/frame';
import { useRemembered } from '../../store/remembered';
import { entryName, frameMeaning } from '../../text/frameWords';
import { useWords } from '../../text/useWords';
import { CopyButton } from '../../ui/Copyable';
import { Split } from '../../ui/Split';
import { BytesPane } from './BytesPane';
import { hasBytes } from './copyForms';
import { compare, type Change } from './changes';
import { Values } from './Fact';
import { FrameFacts } from './FrameFacts';
import { FrameMark } from './FrameMark';
import { findingBytes, frameMap, numbersAsWritten, type FrameMap, type Picked } from './frameMap';
import { JsonTree } from './JsonTree';
import { RelationsList } from './RelationsList';
import { useRelations } from './useRelations';
import { shown, shownCommand } from './values';
import classes from './Detail.module.css';

/** px: below, sixteen bytes and their text do not fit into a line. */
const wideEnough = 560;
/** px: below, tree and bytes are one column to scroll. */
const tallEnough = 420;
const isShare = (value: unknown): value is number => typeof value === 'number' && value >= 20 && value <= 80;
const noChanges: ReadonlyMap<string, Change> = new Map();

interface OpenedFrameProps {
  readonly frame: FrameDetail;
  /** Says which machine it is of. */
  readonly ofAll: boolean;
}

/** What a frame says as a tree, as text and as bytes; what is chosen in one is chosen in all. */
export function OpenedFrame({ frame, ofAll }: OpenedFrameProps) {
  const { ref, width, height } = useElementSize();
  const { t } = useWords();
  const [share, setShare] = useRemembered('frameTreeShare', 50, isShare);
  const [picked, setPicked] = useState<Picked | null>(null);
  const map = useMemo(() => frameMap(frame), [frame]);
  const written = useMemo(() => numbersAsWritten(frame, map), [frame, map]);
  const related = useRelations(frame);
  const { json } = frame;
  const before = related?.before ?? null;
  const comparison = useMemo(
    () => (json === null || before === null ? null : compare(json, before)),
    [json, before],
  );
  const pickedId = picked !== null && 'id' in picked ? picked.id : null;
  const isGone = pickedId !== null && comparison?.changes.get(pickedId)?.what === 'gone';
  const previousId = related?.relations.previous?.id;
  const absent =
    isGone && previousId !== undefined ? t('detail.onlyBefore', { id: previousId }) : t('detail.noPlace');

  const said = (
    <div className={classes['opened']}>
      <Said frame={frame} map={map} onPick={setPicked} />
      {related !== null && (
        <RelationsList frame={frame} relations={related.relations} changes={comparison?.changes ?? null} />
      )}
      {json === null ? (
        frame.kind === 'frame' && <p className="dim">{t('frames.notJson')}</p>
      ) : (
        <Block
          title={t('frames.tree')}
          copy={() => JSON.stringify(json, null, 2)}
          copyLabel={t('frames.copyJson')}
        >
          <JsonTree
            cmd={frame.cmd}
            json={comparison?.merged ?? json}
            written={written}
            changes={comparison?.changes ?? noChanges}
            picked={pickedId}
            onPick={(id) => setPicked({ id })}
          />
        </Block>
      )}
      <FrameFacts frame={frame} ofAll={ofAll} map={map} onPick={setPicked} />
    </div>
  );
  const bytes = (
    <BytesPane
      frame={frame}
      map={map}
      picked={picked}
      onPick={setPicked}
      perLine={width < wideEnough ? 8 : 16}
      absent={absent}
    />
  );
  return (
    <div ref={ref} className={classes['room']}>
      {height === 0 ? null : !hasBytes(frame) ? (
        <div className={classes['scroll']} tabIndex={-1} data-single>
          {said}
        </div>
      ) : height >= tallEnough ? (
        <Split
          label={t('detail.resize')}
          orientation="vertical"
          size={share}
          initial={50}
          min={20}
          restMin={20}
          onSize={(size) => isShare(size) && setShare(size)}
          first={
            <div className={classes['scroll']} tabIndex={-1} data-own-room>
              {said}
            </div>
          }
          second={bytes}
        />
      ) : (
        <div className={classes['scroll']} tabIndex={-1} data-single>
          {said}
          {bytes}
        </div>
      )}
    </div>
  );
}

interface SaidProps {
  readonly frame: FrameDetail;
  readonly map: FrameMap;
  readonly onPick: (picked: Picked) => void;
}
/** The frame in a sentence, and what was remarked about it. */
function Said({ frame, map, onPick }: SaidProps) {
  const words = useWords();
  const { t } = words;
  return (
    <>
      <p className={classes['says']}>
        <Values of={[shownCommand(frame)]}>
          <span className="mono">{entryName(words, frame)}</span>
        </Values>{' '}
        {frameMeaning(words, frame)}
      </p>
      <FrameMark frame={frame} />
      {frame.findings.length > 0 && hasBytes(frame) && (
        <ul className={classes['findings']} aria-label={t('machine.findings')}>
          {frame.findings.map((finding) => {
            const bytes = findingBytes(map, frame, finding);
            const said = words.finding(finding);
            return (
              <li
                key={`${finding.code} ${JSON.stringify(finding.params)}`}
                data-severity={findings[finding.code]}
              >
                <IconFlag size={13} role="img" aria-label={t(`frames.severity.${findings[finding.code]}`)} />
                <Values of={[shown('finding', finding.code, said)]}>
                  {bytes === null ? (
                    said
                  ) : (
                    <button
                      type="button"
                      className={classes['link']}
                      title={t('detail.showBytes')}
                      onClick={() => onPick({ bytes })}
                    >
                      {said}
                    </button>
                  )}
                </Values>
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}

interface BlockProps {
  readonly title: string;
  readonly copy: () => string;
  readonly copyLabel: string;
  readonly children: ReactNode;
}
function Block({ title, copy, copyLabel, children }: BlockProps) {
  return (
    <div>
      <div className={classes['blockHead']}>
        <h4>{title}</h4>
        <CopyButton text={copy} what={title}>
          {copyLabel}
        </CopyButton>
      </div>
      {children}
    </div>
  );
}
