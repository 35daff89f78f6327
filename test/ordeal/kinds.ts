/** Every kind of the ordeal, in the order of the run. */
import { playClockJumps } from './clockJumps';
import { faults, playFault, type FaultName } from './faults';
import { flipped, playFlips, type Flipped } from './flips';
import { playFiles, playUploads, readers, type ReaderName } from './inputs/files';
import { playHttp, playRequests, playTcp } from './inputs/wire';
import { playKills, type Load } from './kills';
import { playTerminated } from './terminated';
import type { Tally } from './tally';
import type { Share, World } from './world';

interface Kind {
  readonly name: string;
  /** Tries of a whole run. */
  readonly most: number;
  /** Share of the time for all tries, on two quiet cores. */
  readonly seconds: number;
  /** It needs the real app. */
  readonly isWindowed: boolean;
  readonly play: (share: Share, tally: Tally, world: World) => Promise<void>;
}

/** A kind of kills, with the services in plain Node or the real app. */
const kill = (load: Load, isWindowed: boolean, most: number, seconds: number): Kind => ({
  name: `kill at ${load}${isWindowed ? ', app' : ''}`,
  most,
  seconds,
  isWindowed,
  play: (share, tally, world) => playKills(load, isWindowed, share, tally, world),
});

export const kinds: readonly Kind[] = [
  kill('load', false, 90, 340),
  kill('load', true, 10, 80),
  kill('overload', false, 45, 200),
  kill('overload', true, 5, 55),
  ...(Object.keys(flipped) as readonly Flipped[]).map((kind): Kind => ({
    name: `bit of ${kind}`,
    most: 200,
    seconds: 90,
    isWindowed: false,
    play: (share, tally, world) => playFlips(kind, share, tally, world),
  })),
  ...(Object.keys(faults) as readonly FaultName[]).map((name): Kind => ({
    name,
    most: 20,
    seconds: 55,
    isWindowed: false,
    play: (share, tally, world) => playFault(name, share, tally, world),
  })),
  { name: 'SIGTERM to the group', most: 20, seconds: 60, isWindowed: false, play: playTerminated },
  { name: 'clock jump', most: 20, seconds: 40, isWindowed: false, play: playClockJumps },
  // Ten million inputs together.
  { name: 'TCP inputs', most: 7_998_800, seconds: 840, isWindowed: true, play: playTcp },
  { name: 'HTTP inputs', most: 1_500_000, seconds: 255, isWindowed: true, play: playHttp },
  { name: 'requests', most: 500_000, seconds: 165, isWindowed: true, play: playRequests },
  ...(Object.keys(readers) as readonly ReaderName[]).map((name): Kind => ({
    name,
    most: 300,
    seconds: 110,
    isWindowed: true,
    play: (share, tally, world) => playFiles(name, share, tally, world),
  })),
  { name: 'uploads', most: 300, seconds: 60, isWindowed: true, play: playUploads },
];
