import { useEffect, useState } from 'react';

/** ms after the last key press in which the list is still held, because the user is moving through it. */
const keyCalm = 5_000;

interface HeldOrder {
  readonly ids: readonly number[];
  /** The shown order is not the newest. */
  readonly behind: boolean;
  /** Shows the newest order, even under the pointer. */
  readonly catchUp: () => void;
  readonly handlers: {
    readonly onPointerEnter: () => void;
    readonly onPointerLeave: () => void;
    readonly onKeyDown: () => void;
  };
}

/** Holds the order while the pointer is over the list or keys were just used, so that nothing moves under the pointer. */
export function useHeldOrder(live: readonly number[], key: string): HeldOrder {
  const [hovered, setHovered] = useState(false);
  const [keyAt, setKeyAt] = useState<number | null>(null);
  const [held, setHeld] = useState<{ readonly ids: readonly number[]; readonly key: string } | null>(null);
  useEffect(() => {
    if (keyAt === null) return;
    const timer = setTimeout(() => setKeyAt(null), keyCalm);
    return () => clearTimeout(timer);
  }, [keyAt]);
  const holding = hovered || keyAt !== null;
  // Another search or filter is requested by the user and shows at once.
  if (holding && held?.key !== key) setHeld({ ids: live, key });
  else if (!holding && held !== null) setHeld(null);
  const ids = holding && held?.key === key ? held.ids : live;
  return {
    ids,
    behind: ids !== live && (ids.length !== live.length || ids.some((id, index) => id !== live[index])),
    catchUp: () => setHeld({ ids: live, key }),
    handlers: {
      onPointerEnter: () => setHovered(true),
      onPointerLeave: () => setHovered(false),
      onKeyDown: () => setKeyAt(Date.now()),
    },
  };
}
