/** Every kind of the ordeal, in the order in which they are played. */
import { playClockJumps } from './clockJumps';
import { faults, playFault, type FaultName } from './faults';
import { flipped, playFlips, type Flipped } from './flips';
import { playFiles, playUploads, readers, type ReaderName } from './inputs/files';
import { playHttp, playRequests, playTcp } from './inputs/wire';
import { playKills } from './kills';
import { playTerminated } from './terminated';
import type { Tally } from './tally';
import type { Share, World } from './world';

interface Kind {
  readonly name: string;
  /** So many in a whole run. */
  readonly most: number;
  /** Of the time. */
  readonly weight: number;
  /** It needs the real app. */
  readonly isWindowed: boolean;
  readonly play: (share: Share, tally: Tally, world: World) => Promise<void>;
}

export const kinds: readonly Kind[] = [
  {
    name: 'kill at load',
    most: 100,
    weight: 10,
    isWindowed: false,
    play: (share, tally, world) => playKills('load', share, tally, world),
  },
  {
    name: 'kill at overload',
    most: 50,
    weight: 6,
    isWindowed: false,
    play: (share, tally, world) => playKills('overload', share, tally, world),
  },
  ...(Object.keys(flipped) as readonly Flipped[]).map((kind): Kind => ({
    name: `bit of ${kind}`,
    most: 200,
    weight: 3,
    isWindowed: false,
    play: (share, tally, world) => playFlips(kind, share, tally, world),
  })),
  ...(Object.keys(faults) as readonly FaultName[]).map((name): Kind => ({
    name,
    most: 20,
    weight: 3,
    isWindowed: false,
    play: (share, tally, world) => playFault(name, share, tally, world),
  })),
  { name: 'SIGTERM to the group', most: 20, weight: 2, isWindowed: false, play: playTerminated },
  { name: 'clock jump', most: 20, weight: 2, isWindowed: false, play: playClockJumps },
  // Ten million inputs together.
  { name: 'TCP inputs', most: 4_000_000, weight: 24, isWindowed: true, play: playTcp },
  { name: 'HTTP inputs', most: 4_000_000, weight: 14, isWindowed: true, play: playHttp },
  { name: 'requests', most: 1_990_000, weight: 16, isWindowed: true, play: playRequests },
  ...(Object.keys(readers) as readonly ReaderName[]).map((name): Kind => ({
    name,
    most: 2_000,
    weight: 5,
    isWindowed: true,
    play: (share, tally, world) => playFiles(name, share, tally, world),
  })),
  { name: 'uploads', most: 4_000, weight: 5, isWindowed: true, play: playUploads },
];
