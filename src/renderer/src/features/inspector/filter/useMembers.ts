import { useEffect, useState } from 'react';
import { request } from '../../../bridge/request';
import type { ListStore } from '../list/listStore';

/** ms; a user who steps through frames needs no members of them. */
const rest = 400;

/** Member names of the opened frame's body, offered first. Opening another frame causes no render here. */
export function useMembers(list: ListStore): readonly string[] {
  const [members, setMembers] = useState<readonly string[]>([]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isActive = true;
    const load = async (id: number): Promise<void> => {
      const reply = await request('frame', { id });
      if (isActive && list.getState().opened === id && reply.ok)
        setMembers(Object.keys(reply.value.json ?? {}));
    };
    const look = (id: number | null): void => {
      clearTimeout(timer);
      if (id !== null) timer = setTimeout(() => void load(id), rest);
    };
    look(list.getState().opened);
    const stop = list.subscribe(({ opened }, before) => {
      if (opened !== before.opened) look(opened);
    });
    return () => {
      isActive = false;
      clearTimeout(timer);
      stop();
    };
  }, [list]);
  return members;
}
