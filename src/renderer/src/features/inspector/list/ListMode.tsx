import { Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconPlayerTrackNext } from '@tabler/icons-react';
import { useState } from 'react';
import { pastSpanText } from '../../../text/frameWords';
import { useWords } from '../../../text/useWords';
import type { PastSpan } from '../filter/filters';
import { ariaKey, withKey } from '../../../ui/keys';
import classes from './ListMode.module.css';

type Mode = 'capture' | 'paused' | 'held' | 'noLink' | 'live';

/** What the list shows: what passes now, what has stood still, or a span that is over. */
export function ListMode({ mode, past }: { readonly mode: Mode; readonly past: PastSpan | null }) {
  const words = useWords();
  // The day it is seen on.
  const [today] = useState(Date.now);
  const isPast = past !== null && mode !== 'capture';
  const text = isPast ? pastSpanText(words, past, today) : words.t(`frames.${mode}`);
  return (
    <span className={classes['mode']} data-mode={isPast ? 'past' : mode} role="status" title={text}>
      {text}
    </span>
  );
}

interface FollowButtonProps {
  readonly past: boolean;
  /** The list would go on standing still. */
  readonly stays: boolean;
  readonly onToggle: () => void;
  readonly onBackToLive: () => void;
}
/** Pause or Follow; from a span that is over, the way back to what passes now. */
export function FollowButton({ past, stays, onToggle, onBackToLive }: FollowButtonProps) {
  const { t } = useWords();
  const Icon = past ? IconPlayerTrackNext : stays ? IconPlayerPlay : IconPlayerPause;
  const label = t(past ? 'frames.backToLive' : stays ? 'frames.follow' : 'frames.pause');
  return (
    <Button
      size="compact-xs"
      miw={76}
      variant={past || stays ? 'filled' : 'default'}
      leftSection={<Icon size={13} />}
      aria-keyshortcuts={ariaKey('follow')}
      title={withKey(label, 'follow')}
      onClick={past ? onBackToLive : onToggle}
    >
      {label}
    </Button>
  );
}
