/** Problems of a machine's link while it communicates or tries to. All limits are [ours]; they follow the machines' sending intervals. */
import { isSilent } from './connected';
import type { Platform } from './machineSettings';

/**
 * shared: two machines use its number. refused: its last login was refused. loop: it connects again and again. noLogin: it is connected but
 * does not log in. halfFrames: the rest of frames is missing. noBeat: other frames arrive, but no heartbeat.
 */
export type LinkTrouble = 'shared' | 'refused' | 'loop' | 'noLogin' | 'halfFrames' | 'noBeat';

/** This many connections within `loopSpan` ms are a loop. A connection of `loopOver` ms ends it; no connection within a loop lasts that long. */
export const loopLength = 5;
const loopSpan = 900_000;
const loopOver = 300_000;
/** ms after which a single observation no longer counts. */
const lasts = 600_000;
/** ms that a machine may be connected without a login. */
const loginWithin = 60_000;
/** ms without a heartbeat: three of them, and a margin. */
const beatWithin: Readonly<Record<Platform | 'unknown', number>> = {
  linux: 100_000, // 30 s after the last frame that it handled [field3]
  android: 190_000, // at the latest every 60 s [field]
  unknown: 190_000,
};

/** The facts behind link problems. Times are ms since 1970; `null`: never. */
export interface LinkFacts {
  /** Start of the first and the last connection of a possible loop. */
  readonly loopFrom: number | null;
  readonly loopTo: number | null;
  /** Start of the connection, if it has no login. */
  readonly noLogin: number | null;
  /** The last login was refused. */
  readonly refused: number | null;
  /** The rest of a frame was missing. */
  readonly halfFrame: number | null;
  /** Two machines used its number. */
  readonly shared: number | null;
  /** The two machines: address, version and model. Absent: unknown. */
  readonly sharedBy?: { readonly a: string; readonly b: string };
}

export interface LinkState {
  readonly online: boolean;
  readonly platform: Platform | null;
  readonly lastHeard: number | null;
  /** Start of the wait for the next heartbeat. */
  readonly lastBeat: number;
  readonly link: LinkFacts;
}

/** Whether a machine's last connections form a loop. `connected`: start times, oldest first, at most `loopLength`. */
export function loopOf(connected: readonly number[]): Pick<LinkFacts, 'loopFrom' | 'loopTo'> {
  const [from = 0] = connected;
  const to = connected.at(-1) ?? 0;
  const isLoop = connected.length === loopLength && to - from <= loopSpan;
  return isLoop ? { loopFrom: from, loopTo: to } : { loopFrom: null, loopTo: null };
}

/** The most serious first. */
const kinds: readonly LinkTrouble[] = ['shared', 'refused', 'loop', 'noLogin', 'halfFrames', 'noBeat'];

/** Start of this problem; `null`: not present. */
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

/** Each problem with its start, the most serious first. */
export function linkTroubles(
  state: LinkState,
  now: number,
): readonly { readonly kind: LinkTrouble; readonly since: number }[] {
  return kinds.flatMap((kind) => {
    const since = troubleSince(kind, state, now);
    return since === null ? [] : [{ kind, since }];
  });
}
