import { ActionIcon, Group } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import { numberOf, type FrameDetail } from '#shared/model/frame';
import { request } from '../../../bridge/request';
import { useCrema } from '../../../store';
import { useWords, WordsOf } from '../../../text/useWords';
import { Boundary } from '../../../ui/Boundary';
import { ErrorNote } from '../../../ui/ErrorNote';
import { ariaKey } from '../../../ui/keys';
import { useHotkey } from '../../../ui/useHotkey';
import { ComposeFrom } from '../compose/ComposeFrom';
import { copiesOf, copiesOfFrame, hasBytes } from '../bytes/copyForms';
import { CopyMenu, type CopyGroup } from '../bytes/CopyMenu';
import { frameMap, type FrameSelection } from '../bytes/frameMap';
import { ValueMenus } from './Fact';
import { OpenedFrame } from './OpenedFrame';
import classes from './Detail.module.css';

interface FrameDetailPaneProps {
  readonly id: number;
  readonly ofAll: boolean;
  readonly onClose: () => void;
  readonly onStep: (by: 1 | -1) => void;
}

/** The last loaded detail, and its entry. */
interface Read {
  readonly id: number;
  readonly frame: FrameDetail | null;
  readonly error: AppError | null;
}

/** An opened frame, with one menu to copy all of it or the selected part. */
export function FrameDetailPane({ id, ofAll, onClose, onStep }: FrameDetailPaneProps) {
  const { t } = useWords();
  // Until the next frame is loaded, the title and all actions still refer to the previous one.
  const [read, setRead] = useState<Read | null>(null);
  const frame = read?.frame ?? null;
  const [picked, setPicked] = useState<{ readonly of: number; readonly part: FrameSelection } | null>(null);
  const selection = picked !== null && picked.of === frame?.id ? picked.part : null;
  useHotkey('close', onClose);
  useHotkey('next', () => onStep(1));
  useHotkey('previous', () => onStep(-1));
  useEffect(() => {
    let wanted = true;
    const load = async (): Promise<void> => {
      const reply = await request('frame', { id });
      if (!wanted) return;
      setRead(reply.ok ? { id, frame: reply.value, error: null } : { id, frame: null, error: reply.error });
    };
    void load();
    return () => {
      wanted = false;
    };
  }, [id]);
  useEffect(
    () =>
      useCrema.subscribe(({ news: { marks } }, before) => {
        const mark =
          marks === before.news.marks ? undefined : marks.find((one) => one.mark.entry === id)?.mark;
        if (mark !== undefined)
          setRead((now) => (now?.frame?.id === id ? { ...now, frame: { ...now.frame, mark } } : now));
      }),
    [id],
  );
  const isOnWire = frame === null || hasBytes(frame);
  const number = frame === null ? (read?.id ?? id) : numberOf(frame);
  const title =
    number === null
      ? t(isOnWire ? 'frames.openOther' : 'frames.openOtherEntry')
      : t(isOnWire ? 'frames.open' : 'frames.openEntry', { id: number });
  const groups = (of: FrameDetail): readonly CopyGroup[] => [
    ...(selection === null
      ? []
      : [{ label: t('detail.copyOf.part'), copies: copiesOf(of, frameMap(of), selection) }]),
    { label: t('detail.copyOf.frame'), copies: copiesOfFrame(of) },
  ];
  return (
    <section className={classes['detail']} aria-label={title}>
      <header className={classes['head']}>
        <h3>{title}</h3>
        <Group gap="xs" wrap="nowrap">
          {frame !== null && (
            <>
              <CopyMenu groups={() => groups(frame)} />
              {isOnWire && <ComposeFrom key={frame.id} frame={frame} />}
            </>
          )}
          <ActionIcon
            aria-label={t('frames.previous')}
            aria-keyshortcuts={ariaKey('previous')}
            onClick={() => onStep(-1)}
          >
            <IconChevronUp size={16} />
          </ActionIcon>
          <ActionIcon
            aria-label={t('frames.next')}
            aria-keyshortcuts={ariaKey('next')}
            onClick={() => onStep(1)}
          >
            <IconChevronDown size={16} />
          </ActionIcon>
          <ActionIcon aria-label={t('frames.close')} aria-keyshortcuts={ariaKey('close')} onClick={onClose}>
            <IconX size={16} />
          </ActionIcon>
        </Group>
      </header>
      <div className={classes['body']}>
        <ErrorNote error={read?.error ?? null} />
        {frame !== null && (
          <Boundary where={`opened frame ${frame.id}`} of={frame}>
            <ValueMenus key={frame.id}>
              <WordsOf vmcNo={frame.vmcNo}>
                <OpenedFrame
                  frame={frame}
                  ofAll={ofAll}
                  selection={selection}
                  onSelect={(part) => setPicked({ of: frame.id, part })}
                />
              </WordsOf>
            </ValueMenus>
          </Boundary>
        )}
      </div>
    </section>
  );
}
