import { useEffect, useState } from 'react';
import { request } from '../../../bridge/request';

/** Names of the members of the opened frame's body, to be offered first. */
export function useMembers(id: number | null): readonly string[] {
  const [members, setMembers] = useState<readonly string[]>([]);
  useEffect(() => {
    if (id === null) return;
    let wanted = true;
    const load = async (): Promise<void> => {
      const reply = await request('frame', { id });
      if (wanted && reply.ok) setMembers(Object.keys(reply.value.json ?? {}));
    };
    // Who steps through frames asks for none of them.
    const timer = setTimeout(() => {
      void load();
    }, 400);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [id]);
  return members;
}
