/** What is wrong with a machine's link although it talks, or would like to. All limits are [ours]; they follow how often machines speak. */
import { isSilent } from './connected';
import type { Platform } from './machineConfig';

/**
 * shared: two machines use its number. refused: its last login was refused. loop: it connects again and again. noLogin: it is connected
 * and does not log in. halfFrames: the rest of frames does not come. noBeat: other frames arrive, but no heartbeat.
 */
export type LinkTrouble = 'shared' | 'refused' | 'loop' | 'noLogin' | 'halfFrames' | 'noBeat';

/** So many connections within `loopSpan` ms are a loop; one that stays for `loopOver` ms ends it, which none within a loop does. */
export const loopLength = 5;
const loopSpan = 900_000;
const loopOver = 300_000;
/** ms after which what was seen once is over. */
const lasts = 600_000;
/** ms a machine may be connected without a login. */
const loginWithin = 60_000;
/** ms without a heartbeat: three of them, and a margin. */
const beatWithin: Readonly<Record<Platform | 'unknown', number>> = {
  linux: 100_000, // 30 s after the last frame that it handled [field3]
  android: 190_000, // at the latest every 60 s [field]
  unknown: 190_000,
};

/** What it is judged by. Times are ms since 1970; `null`: never. */
export interface LinkFacts {
  /** When the first and the last of so many connections began. */
  readonly loopFrom: number | null;
  readonly loopTo: number | null;
  /** Since when it is connected without having logged in. */
  readonly noLogin: number | null;
  /** Its last login was refused. */
  readonly refused: number | null;
  /** The rest of a frame did not come. */
  readonly halfFrame: number | null;
  /** Two machines were seen to use its number. */
  readonly shared: number | null;
}

export interface LinkState {
  readonly online: boolean;
  readonly platform: Platform | null;
  readonly lastHeard: number | null;
  /** Since when its next heartbeat is awaited. */
  readonly lastBeat: number;
  readonly link: LinkFacts;
}

/** Whether a machine's last connections are a loop. `connected`: when they began, oldest first, at most `loopLength`. */
export function loopOf(connected: readonly number[]): Pick<LinkFacts, 'loopFrom' | 'loopTo'> {
  const [from = 0] = connected;
  const to = connected.at(-1) ?? 0;
  const isLoop = connected.length === loopLength && to - from <= loopSpan;
  return isLoop ? { loopFrom: from, loopTo: to } : { loopFrom: null, loopTo: null };
}

/** The gravest first. */
const kinds: readonly LinkTrouble[] = ['shared', 'refused', 'loop', 'noLogin', 'halfFrames', 'noBeat'];

/** Since when there is that one; `null`: there is not. */
export function troubleSince(kind: LinkTrouble, state: LinkState, now: number): number | null {
  const { online, platform, lastBeat, link } = state;
  const { loopFrom, loopTo, noLogin, refused, halfFrame, shared } = link;
  switch (kind) {
    case 'shared':
      return shared !== null && now - shared < lasts ? shared : null;
    case 'refused':
      return refused;
    case 'loop':
      return loopFrom !== null && loopTo !== null && now - loopTo < loopOver ? loopFrom : null;
    case 'noLogin':
      return online && noLogin !== null && now - noLogin > loginWithin ? noLogin : null;
    case 'halfFrames':
      return halfFrame !== null && now - halfFrame < lasts ? halfFrame : null;
    case 'noBeat':
      if (!online || now - lastBeat <= beatWithin[platform ?? 'unknown']) return null;
      // A silent machine sends nothing at all.
      return isSilent(state, now) ? null : lastBeat;
  }
}

/** The gravest, and since when. */
export function linkTroubleOf(
  state: LinkState,
  now: number,
): { readonly kind: LinkTrouble; readonly since: number } | null {
  for (const kind of kinds) {
    const since = troubleSince(kind, state, now);
    if (since !== null) return { kind, since };
  }
  return null;
}
