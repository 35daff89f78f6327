/** Every message that changes a machine's state. Other messages only count as received. */
import type { FrameEntry } from '#shared/model/frame';
import type { ClearedBy } from '#shared/model/history';
import type { MachineState } from '#shared/model/machine';
import type { Message } from '#shared/model/message';
import type { Direction } from '#shared/model/wire';
import * as drinks from './drinks';
import * as errors from './errors';
import * as heartbeats from './hb';
import * as logins from './login';
import type { Apply, Changes } from './on';
import * as payments from './payments';
import * as prices from './prices';
import * as reports from './status';

const isEffect = (exported: unknown): exported is Apply =>
  typeof exported === 'object' && exported !== null && 'row' in exported;

/** Every effect that these files export. */
const all = [drinks, errors, heartbeats, logins, payments, prices, reports].flatMap((subject) =>
  Object.values<unknown>(subject).filter(isEffect),
);

interface AnyApply {
  readonly changes: (machine: MachineState, body: Message['body'], entry: FrameEntry) => Changes;
  readonly clearedBy: (body: Message['body']) => ClearedBy;
}

const table = (direction: Direction): ReadonlyMap<string, AnyApply> =>
  new Map(
    all
      .filter(({ row }) => row.direction === direction)
      // Each function only receives bodies of its own row.
      .map((apply) => [apply.row.cmd, apply as unknown as AnyApply]),
  );
/** By the sender, then by the command. */
export const effects: Readonly<Record<Message['from'], ReadonlyMap<string, AnyApply>>> = {
  machine: table('in'),
  server: table('out'),
};
