import { useEffect, useEffectEvent } from 'react';
import type { Action } from '#shared/contract/actions';
import type { KeyName } from '#shared/keys';

/** Who does what now; of several the newest. */
const doers = new Map<string, readonly (() => void)[]>();

/** Does what a menu item, or a button that stands elsewhere, asks for by its name. */
export function useAction(name: Action | KeyName, action: () => void): void {
  const does = useEffectEvent(action);
  useEffect(() => {
    const mine = (): void => does();
    doers.set(name, [...(doers.get(name) ?? []), mine]);
    return () => void doers.set(name, doers.get(name)?.filter((one) => one !== mine) ?? []);
  }, [name]);
}

/** False: nobody here does that now. */
export function act(name: Action | KeyName): boolean {
  const doer = doers.get(name)?.at(-1);
  doer?.();
  return doer !== undefined;
}
