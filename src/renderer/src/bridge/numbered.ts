/** The number of an entry that is known by its id alone. */
import { useEffect, useState } from 'react';
import type { FrameRow } from '#shared/model/frame';
import { useCrema } from '../store';
import { isCapture } from '../store/source';
import { request } from './request';

type Numbered = Pick<FrameRow, 'id' | 'original'>;

/** For `numberText`; `null` until it is known. */
export function useNumbered(id: number): Numbered | null {
  const inCapture = useCrema(isCapture);
  const [known, setKnown] = useState<Numbered | null>(null);
  useEffect(() => {
    if (!inCapture) return;
    let wanted = true;
    const look = async (): Promise<void> => {
      const reply = await request('frame', { id });
      if (wanted && reply.ok) setKnown(reply.value);
    };
    void look();
    return () => {
      wanted = false;
    };
  }, [inCapture, id]);
  if (!inCapture) return { id };
  return known?.id === id ? known : null;
}
