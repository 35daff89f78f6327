import { Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconPlayerTrackNext } from '@tabler/icons-react';
import { useState } from 'react';
import { pastSpanText } from '../../../text/frameWords';
import { useWords } from '../../../text/useWords';
import type { PastSpan } from '../filter/filters';
import { ariaKey, withKey } from '../../../ui/keys';
import classes from './ListMode.module.css';

type Mode = 'capture' | 'paused' | 'held' | 'noLink' | 'live';

/** The list's mode: live, held, or a past span. */
export function ListMode({ mode, past }: { readonly mode: Mode; readonly past: PastSpan | null }) {
  const words = useWords();
  // The day on which it is displayed.
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
  /** The list stays held without the pointer. */
  readonly stays: boolean;
  readonly onToggle: () => void;
  readonly onBackToLive: () => void;
}
/** Pause or Follow; in a past span, the way back to live. */
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
      title={withKey(t, label, 'follow')}
      onClick={past ? onBackToLive : onToggle}
    >
      {label}
    </Button>
  );
}
