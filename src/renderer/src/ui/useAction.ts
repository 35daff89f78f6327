import { useEffect, useEffectEvent } from 'react';
import type { Action } from '#shared/contract/actions';
import type { KeyName } from '#shared/keys';

/** Handlers by action; the newest one runs. */
const doers = new Map<string, readonly (() => void)[]>();

/** Handles an action of a menu item or of a button elsewhere, by its name. */
export function useAction(name: Action | KeyName, action: () => void): void {
  const does = useEffectEvent(action);
  useEffect(() => {
    const mine = (): void => does();
    doers.set(name, [...(doers.get(name) ?? []), mine]);
    return () => void doers.set(name, doers.get(name)?.filter((one) => one !== mine) ?? []);
  }, [name]);
}

/** Returns false without a handler. */
export function act(name: Action | KeyName): boolean {
  const doer = doers.get(name)?.at(-1);
  doer?.();
  return doer !== undefined;
}
