/** Measures a machine's clock by its frames. */
import { wireMoment } from '#shared/messages/common';
import { dateStamp } from '#shared/messages/login';
import type { FrameEntry } from '#shared/model/frame';
import type { MachineState } from '#shared/model/machine';
import { withStamp, type MachineClock } from '#shared/model/machineClock';
import type { Message } from '#shared/model/message';

/** Only logins and status reports count, because machines send them immediately. Records and orders may have been stored. */
export function clockAfter(
  { clock, link }: Pick<MachineState, 'clock' | 'link'>,
  { message, at, id, conn }: FrameEntry,
): MachineClock {
  const shown = stampOf(message);
  if (shown === null || link.status === 'offline' || link.conn !== conn) return clock;
  return withStamp(clock, { ...shown, from: link.since, to: at }, { at, id });
}

function stampOf({ from, body }: Message): { readonly shown: number; readonly within?: number } | null {
  if (from !== 'machine') return null;
  switch (body.cmd) {
    case 'login':
      return dateStamp(body.timestamp);
    case 'machinestatus': {
      const shown = body.time === null ? null : wireMoment(body.time);
      return shown === null ? null : { shown };
    }
    default:
      return null;
  }
}
