/** A frame's relations to other frames and to the histories. Times are ms since 1970. */
import type { CommandName } from '../commands/index';
import type { Original } from './frame';

export interface Related {
  readonly id: number;
  readonly at: number;
  /** See FrameRow. */
  readonly original?: Original;
}

export interface Relations {
  /** The frame that this frame answers, and the answer to this frame. */
  readonly question: Related | null;
  readonly answer: Related | null;
  /** The previous frame with the same command, direction, machine and `status` member. */
  readonly previous: Related | null;
  readonly order: { readonly orderNo: string; readonly entry: number } | null;
  readonly command: { readonly id: number; readonly name: CommandName } | null;
  readonly fault: { readonly id: number; readonly code: string; readonly what: 'set' | 'cleared' } | null;
}
