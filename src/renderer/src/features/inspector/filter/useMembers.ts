import { useEffect, useState } from 'react';
import { request } from '../../../bridge/request';
import type { ListStore } from '../list/listStore';

/** ms: who steps through frames asks for the members of none. */
const rest = 400;

/** Names of the members of the opened frame's body, to be offered first. Which one is opened draws nothing anew here. */
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
