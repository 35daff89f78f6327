import { useEffect, useState } from 'react';

/** ms after the last key in which the list still stands still: someone is walking through it. */
const keyCalm = 5_000;

interface HeldOrder {
  readonly ids: readonly number[];
  /** The order to be seen is not the newest. */
  readonly behind: boolean;
  /** Shows the newest order, though the pointer is still here. */
  readonly catchUp: () => void;
  readonly handlers: {
    readonly onPointerEnter: () => void;
    readonly onPointerLeave: () => void;
    readonly onKeyDown: () => void;
  };
}

/** Nothing moves under the pointer: while it is over the list, or keys were just used, the order stays as it was. */
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
  // Another search or filter is the person's own wish: it shows at once.
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
