import { Tabs } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconFlag, IconHelp } from '@tabler/icons-react';
import { useMemo } from 'react';
import { compare, type Change } from '#shared/compare/bodies';
import { findings } from '#shared/findings';
import type { FrameDetail } from '#shared/model/frame';
import { useRemembered } from '../../../store/remembered';
import { formatRoute } from '../../../store/route';
import { entryName, frameMeaning } from '../../../text/frameWords';
import { numberText } from '../../../text/entryNumber';
import { useWords } from '../../../text/useWords';
import { Boundary } from '../../../ui/Boundary';
import { BytesPane } from '../bytes/BytesPane';
import { hasBytes } from '../bytes/copyForms';
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
const tabs = ['fields', 'text', 'bytes'] as const;
type Tab = (typeof tabs)[number];
const isTab = (value: unknown): value is Tab => tabs.some((tab) => tab === value);
const noChanges: ReadonlyMap<string, Change> = new Map();

interface OpenedFrameProps {
  readonly frame: FrameDetail;
  /** Show the machine. */
  readonly ofAll: boolean;
  readonly selection: FrameSelection | null;
  readonly onSelect: (selection: FrameSelection) => void;
}

/** A frame as fields, text and bytes: one tab each, with a common selection. */
export function OpenedFrame({ frame, ofAll, selection, onSelect }: OpenedFrameProps) {
  const { ref, width } = useElementSize();
  const words = useWords();
  const { t } = words;
  const [tab, setTab] = useRemembered<Tab>('frameTab', 'fields', isTab);
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
  const previous = related?.relations.previous ?? null;
  const absent =
    isGone && previous !== null ? t('detail.onlyBefore', { id: numberText(previous) }) : t('detail.noPlace');
  /** Shows the bytes of a part that the fields only name. */
  const showBytes = (picked: FrameSelection): void => {
    onSelect(picked);
    setTab('bytes');
  };

  const fields = (
    <div className={classes['scroll']} tabIndex={-1} data-own-room>
      <div className={classes['opened']}>
        <Boundary where={`summary of frame ${frame.id}`} of={frame}>
          <FrameSummary frame={frame} map={map} onSelect={showBytes} />
        </Boundary>
        {json === null ? (
          frame.kind === 'frame' && <p className="dim">{t('frames.notJson')}</p>
        ) : (
          <Boundary where={`body of frame ${frame.id}`} of={frame}>
            <JsonTree
              cmd={frame.cmd}
              json={json}
              merged={comparison?.merged ?? json}
              written={written}
              changes={comparison?.changes ?? noChanges}
              selected={selectedId}
              onSelect={(id) => onSelect({ id })}
            />
          </Boundary>
        )}
        {related !== null && (
          <Boundary where={`relations of frame ${frame.id}`} of={frame}>
            <RelationsList
              frame={frame}
              relations={related.relations}
              changes={comparison?.changes ?? null}
            />
          </Boundary>
        )}
        <Boundary where={`facts of frame ${frame.id}`} of={frame}>
          <FrameFacts frame={frame} ofAll={ofAll} map={map} onSelect={showBytes} />
        </Boundary>
      </div>
    </div>
  );
  if (!hasBytes(frame)) return fields;
  const bytesOf = (part: 'text' | 'bytes') => (
    <Boundary where={`${part} of frame ${frame.id}`} of={frame}>
      <BytesPane
        part={part}
        frame={frame}
        map={map}
        selection={selection}
        onSelect={onSelect}
        perLine={width < wideEnough ? 8 : 16}
        absent={absent}
      />
    </Boundary>
  );
  return (
    <Tabs
      ref={ref}
      className={classes['tabs'] ?? ''}
      value={tab}
      onChange={(next) => isTab(next) && setTab(next)}
      keepMounted={false}
    >
      <Tabs.List aria-label={t('detail.tabs.label')}>
        <Tabs.Tab value="fields">{t('detail.tabs.fields')}</Tabs.Tab>
        <Tabs.Tab value="text">{t('detail.tabs.text')}</Tabs.Tab>
        <Tabs.Tab value="bytes">{`${t('detail.tabs.bytes')} · ${words.bytes(frame.size)}`}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="fields" className={classes['panel'] ?? ''}>
        {fields}
      </Tabs.Panel>
      <Tabs.Panel value="text" className={classes['panel'] ?? ''}>
        {bytesOf('text')}
      </Tabs.Panel>
      <Tabs.Panel value="bytes" className={classes['panel'] ?? ''}>
        {bytesOf('bytes')}
      </Tabs.Panel>
    </Tabs>
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
