import { useEffect, useState } from 'react';
import { answersTo } from '#shared/messages/lookup';
import type { FrameDetail } from '#shared/model/frame';
import type { JsonObject } from '#shared/model/json';
import type { Relations } from '#shared/model/relations';
import { request } from '../../../bridge/request';

/** ms after a frame in which its answer may arrive, and ms between checks. */
const answerTime = 30_000;
const lookEvery = 2_000;

export interface Related {
  readonly relations: Relations;
  /** The body of the previous frame. */
  readonly before: JsonObject | null;
}

/** The relations of a frame; `null` until known, and without a journal. */
export function useRelations(frame: FrameDetail): Related | null {
  const { id, at, dir, cmd } = frame;
  const [known, setKnown] = useState<(Related & { readonly id: number }) | null>(null);
  useEffect(() => {
    let wanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const isAnswered = cmd !== null && dir !== null && answersTo(dir, cmd.toLowerCase()).length > 0;
    const look = async (): Promise<void> => {
      const related = await read(id);
      if (!wanted || related === null) return;
      setKnown({ id, ...related });
      if (isAnswered && related.relations.answer === null && Date.now() - at < answerTime)
        timer = setTimeout(() => void look(), lookEvery);
    };
    void look();
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [id, at, dir, cmd]);
  return known?.id === id ? known : null;
}

async function read(id: number): Promise<Related | null> {
  const reply = await request('relations', { id });
  if (!reply.ok) return null;
  const { previous } = reply.value;
  const other = previous === null ? null : await request('frame', { id: previous.id });
  return { relations: reply.value, before: other?.ok === true ? other.value.json : null };
}
