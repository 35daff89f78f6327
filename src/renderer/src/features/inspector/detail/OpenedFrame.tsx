import { useElementSize } from '@mantine/hooks';
import { IconFlag, IconHelp } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { findings } from '#shared/findings';
import type { FrameDetail } from '#shared/model/frame';
import { useRemembered } from '../../../store/remembered';
import { formatRoute } from '../../../store/route';
import { entryName, frameMeaning } from '../../../text/frameWords';
import { useWords } from '../../../text/useWords';
import { Boundary } from '../../../ui/Boundary';
import { Split } from '../../../ui/Split';
import { BlockHead } from '../bytes/BlockHead';
import { BytesPane } from '../bytes/BytesPane';
import { hasBytes } from '../bytes/copyForms';
import { compare, type Change } from './changes';
import { Values } from './Fact';
import { FrameFacts } from './FrameFacts';
import { FrameMark } from './FrameMark';
import {
  findingBytes,
  frameMap,
  numbersAsWritten,
  type FrameMap,
  type FrameSelection,
} from '../bytes/frameMap';
import { JsonTree } from './JsonTree';
import { RelationsList } from './RelationsList';
import { useRelations } from './useRelations';
import { shown, shownCommand } from './values';
import classes from './Detail.module.css';

/** px; below, sixteen bytes and their text do not fit into a line. */
const wideEnough = 560;
/** px; below, tree and bytes share one scrolling column. */
const tallEnough = 420;
const isShare = (value: unknown): value is number => typeof value === 'number' && value >= 20 && value <= 80;
const noChanges: ReadonlyMap<string, Change> = new Map();

interface OpenedFrameProps {
  readonly frame: FrameDetail;
  /** Show the machine. */
  readonly ofAll: boolean;
}

/** A frame as a tree, text and bytes, with a common selection. */
export function OpenedFrame({ frame, ofAll }: OpenedFrameProps) {
  const { ref, width, height } = useElementSize();
  const { t } = useWords();
  const [share, setShare] = useRemembered('frameTreeShare', 50, isShare);
  const [selection, setSelection] = useState<FrameSelection | null>(null);
  const map = useMemo(() => frameMap(frame), [frame]);
  const written = useMemo(() => numbersAsWritten(frame, map), [frame, map]);
  const related = useRelations(frame);
  const { json } = frame;
  const before = related?.before ?? null;
  const comparison = useMemo(
    () => (json === null || before === null ? null : compare(json, before)),
    [json, before],
  );
  const selectedId = selection !== null && 'id' in selection ? selection.id : null;
  const isGone = selectedId !== null && comparison?.changes.get(selectedId)?.what === 'gone';
  const previousId = related?.relations.previous?.id;
  const absent =
    isGone && previousId !== undefined ? t('detail.onlyBefore', { id: previousId }) : t('detail.noPlace');

  const summary = (
    <div className={classes['opened']}>
      <Boundary where={`summary of frame ${frame.id}`} of={frame}>
        <FrameSummary frame={frame} map={map} onSelect={setSelection} />
      </Boundary>
      {related !== null && (
        <Boundary where={`relations of frame ${frame.id}`} of={frame}>
          <RelationsList frame={frame} relations={related.relations} changes={comparison?.changes ?? null} />
        </Boundary>
      )}
      {json === null ? (
        frame.kind === 'frame' && <p className="dim">{t('frames.notJson')}</p>
      ) : (
        <div>
          <BlockHead
            title={t('frames.tree')}
            copy={() => JSON.stringify(json, null, 2)}
            copyLabel={t('frames.copyJson')}
          />
          <Boundary where={`body of frame ${frame.id}`} of={frame}>
            <JsonTree
              cmd={frame.cmd}
              json={json}
              merged={comparison?.merged ?? json}
              written={written}
              changes={comparison?.changes ?? noChanges}
              selected={selectedId}
              onSelect={(id) => setSelection({ id })}
            />
          </Boundary>
        </div>
      )}
      <Boundary where={`facts of frame ${frame.id}`} of={frame}>
        <FrameFacts frame={frame} ofAll={ofAll} map={map} onSelect={setSelection} />
      </Boundary>
    </div>
  );
  const bytes = (
    <Boundary where={`bytes of frame ${frame.id}`} of={frame}>
      <BytesPane
        frame={frame}
        map={map}
        selection={selection}
        onSelect={setSelection}
        perLine={width < wideEnough ? 8 : 16}
        absent={absent}
      />
    </Boundary>
  );
  return (
    <div ref={ref} className={classes['room']}>
      {height === 0 ? null : !hasBytes(frame) ? (
        <div className={classes['scroll']} tabIndex={-1} data-single>
          {summary}
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
              {summary}
            </div>
          }
          second={bytes}
        />
      ) : (
        <div className={classes['scroll']} tabIndex={-1} data-single>
          {summary}
          {bytes}
        </div>
      )}
    </div>
  );
}

interface FrameSummaryProps {
  readonly frame: FrameDetail;
  readonly map: FrameMap;
  readonly onSelect: (selection: FrameSelection) => void;
}
/** The frame's meaning in a sentence, and its findings. */
function FrameSummary({ frame, map, onSelect }: FrameSummaryProps) {
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
          {frame.findings.map((finding) => (
            <Boundary
              key={`${finding.code} ${JSON.stringify(finding.params)}`}
              as="item"
              where={`finding ${finding.code} of frame ${frame.id}`}
              of={finding}
            >
              <FindingItem frame={frame} map={map} onSelect={onSelect} finding={finding} />
            </Boundary>
          ))}
        </ul>
      )}
    </>
  );
}

function FindingItem({
  frame,
  map,
  onSelect,
  finding,
}: FrameSummaryProps & { readonly finding: FrameDetail['findings'][number] }) {
  const words = useWords();
  const { t } = words;
  const bytes = findingBytes(map, frame, finding);
  const text = words.finding(finding);
  return (
    <li data-severity={findings[finding.code]}>
      <IconFlag size={13} role="img" aria-label={t(`frames.severity.${findings[finding.code]}`)} />
      <Values of={[shown('finding', finding.code, text)]}>
        {bytes === null ? (
          text
        ) : (
          <button
            type="button"
            className={classes['link']}
            title={t('detail.showBytes')}
            onClick={() => onSelect({ bytes })}
          >
            {text}
          </button>
        )}
      </Values>{' '}
      <a
        className={classes['link']}
        href={formatRoute({ screen: 'help', topic: 'findings', item: finding.code })}
        aria-label={t('help.meansWhat', { what: words.findingTitle(finding.code) })}
        title={t('help.means')}
      >
        <IconHelp size={13} aria-hidden />
      </a>
    </li>
  );
}
