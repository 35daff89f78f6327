import { useState } from 'react';

/** `auto`: live, but still while someone looks closer. The other two are what a person asked for. */
type Mode = 'auto' | 'paused' | 'follow';

/** What of it outlasts a look at another screen. */
export interface HeldState {
  readonly mode: Mode;
  readonly scrolledUp: boolean;
}

export interface Holding extends HeldState {
  /** The list stands still. */
  readonly holding: boolean;
  readonly paused: boolean;
  /** It would stand still with the pointer elsewhere too: then there is something to go on with. */
  readonly stays: boolean;
  /** Pause or Follow. */
  readonly toggle: () => void;
  readonly onHover: (over: boolean) => void;
  readonly onScrolled: (atEnd: boolean) => void;
  /** A person reaches into the list: who asked to follow lets it go. */
  readonly onReach: () => void;
  /** The list begins anew. */
  readonly onBegin: () => void;
}

export function useHolding(isOpen: boolean, before: HeldState): Holding {
  const [mode, setMode] = useState(before.mode);
  const [hovered, setHovered] = useState(false);
  const [scrolledUp, setScrolledUp] = useState(before.scrolledUp);
  const stays = mode === 'paused' || (mode === 'auto' && (scrolledUp || isOpen));
  const holding = stays || (mode === 'auto' && hovered);
  return {
    mode,
    scrolledUp,
    holding,
    paused: mode === 'paused',
    stays,
    toggle: () => {
      setMode(!stays ? 'paused' : isOpen || hovered ? 'follow' : 'auto');
      if (stays) setScrolledUp(false);
    },
    onHover: (over) => {
      setHovered(over);
      if (!over && !isOpen) setMode((old) => (old === 'follow' ? 'auto' : old));
    },
    // A list that follows is at its end, but for the moment between a new line and the move to it.
    onScrolled: (atEnd) => (atEnd || holding) && setScrolledUp(!atEnd),
    onReach: () => setMode((old) => (old === 'follow' ? 'auto' : old)),
    onBegin: () => setScrolledUp(false),
  };
}
