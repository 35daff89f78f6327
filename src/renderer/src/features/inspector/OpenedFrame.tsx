import { useElementSize } from '@mantine/hooks';
import { IconFlag } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import { findings } from '#shared/catalog/findings';
import type { FrameDetail } from '#shared/model/frame';
import { useConfig, useRow } from '../../store';
import { useRemembered } from '../../store/remembered';
import { formatRoute } from '../../store/route';
import { entryName, frameMeaning } from '../../text/frameWords';
import { useWords } from '../../text/useWords';
import { CopyButton } from '../../ui/Copyable';
import { KeyValue, KeyValues } from '../../ui/KeyValue';
import { Split } from '../../ui/Split';
import { BytesPane } from './BytesPane';
import { ConnectionFacts } from './ConnectionFacts';
import { hasBytes } from './copyForms';
import { compare, type Change } from './changes';
import { FrameMark } from './FrameMark';
import {
  findingBytes,
  frameMap,
  headId,
  numbersAsWritten,
  type FrameMap,
  type HeadPart,
  type Picked,
} from './frameMap';
import { headFacts } from './headFacts';
import { JsonTree } from './JsonTree';
import { RelationsList } from './RelationsList';
import { useRelations } from './useRelations';
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
      <Facts frame={frame} ofAll={ofAll} map={map} onPick={setPicked} />
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
        <span className="mono">{entryName(words, frame)}</span> {frameMeaning(words, frame)}
      </p>
      <FrameMark mark={frame.mark} />
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
                {bytes === null ? (
                  <div>{said}</div>
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
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}

interface FactsProps extends SaidProps {
  readonly ofAll: boolean;
}
/** When, from where, and how it was framed. */
function Facts({ frame, ofAll, map, onPick }: FactsProps) {
  const words = useWords();
  const { t } = words;
  const { vmcNo, head } = frame;
  const facts = headFacts(frame);
  const isFrame = frame.kind === 'frame';
  const part = (name: HeadPart, shown: ReactNode): ReactNode =>
    map.places.has(headId(name)) ? (
      <button
        type="button"
        className={classes['link']}
        title={t('detail.selectPart', { part: t(`detail.part.${name}`) })}
        onClick={() => onPick({ id: headId(name) })}
      >
        {shown}
      </button>
    ) : (
      shown
    );
  return (
    <KeyValues>
      <KeyValue label={t('frames.direction')}>{frame.dir !== null && t(`frames.${frame.dir}`)}</KeyValue>
      <KeyValue label={t('frames.at')}>
        {words.date(frame.at)} <span className="mono">{words.clock(frame.at)}</span>
      </KeyValue>
      {ofAll && (
        <KeyValue label={t('frames.machine')}>
          {vmcNo === null ? t('frames.noMachine') : <MachineLink vmcNo={vmcNo} />}
        </KeyValue>
      )}
      <ConnectionFacts frame={frame} />
      <KeyValue label={t('frames.head')}>
        {isFrame && (head === null ? part('head', t('frames.noHead')) : t(`machine.heads.${head}`))}
      </KeyValue>
      <KeyValue label={t('frames.declared')}>
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
      </KeyValue>
      <KeyValue label={t('frames.sequence')}>
        {frame.sequence !== null && part('sequence', frame.sequence)}
      </KeyValue>
      <KeyValue label={t('frames.padding')}>
        {facts !== null &&
          part(head === 'le48' ? 'sequence' : 'padding', <span className="mono">{facts.padding}</span>)}
      </KeyValue>
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
