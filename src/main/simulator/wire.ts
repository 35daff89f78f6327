/** How what a virtual machine says and hears is put on the wire: by the rows of messages (shared/messages), never by their names here. */
import { messages } from '#shared/messages/index';
import { isInRole } from '#shared/messages/lookup';
import { messageOf } from '#shared/messages/read';
import type { JsonObject } from '#shared/model/frame';
import type { Happening, Happenings, Teller, Tells, VirtualMachine } from '#shared/virtualMachine';

/** How long something that must be acknowledged waits to be told again is a matter of these two. */
type RecordKind = 'fault' | 'other';

interface Spoken {
  readonly cmd: string;
  readonly tells: Tells;
}
interface Repeated {
  readonly kind: RecordKind;
  /** The field of message and answer by which they find each other; `null`: the answer means the oldest. */
  readonly by: string | null;
  /** On the wire: counts how often it was told again; `null`: nothing does. */
  readonly counter: string | null;
}

const spoken: readonly Spoken[] = messages.flatMap((row) =>
  row.direction === 'in' ? [{ cmd: row.cmd, tells: row.virtual }] : [],
);
const repeated = new Map<string, Repeated>();
const settled = new Map<string, string>();
for (const row of messages) {
  if (row.direction !== 'in' || row.answer === null) continue;
  const { cmd, fields } = row;
  const { settles, with: answer } = row.answer;
  if (settles === undefined) continue;
  repeated.set(cmd, {
    kind: isInRole(cmd, 'fault') ? 'fault' : 'other',
    by: settles === 'oldest' ? null : settles,
    counter: 'resendTimes' in fields ? fields.resendTimes.names[0] : null,
  });
  settled.set(answer, cmd);
}
type Handler = (vm: VirtualMachine, message: JsonObject) => void;
const handlers: ReadonlyMap<string, Handler> = new Map(
  messages.flatMap((row) =>
    row.direction === 'out' && row.virtual !== null ? [[row.cmd, row.virtual]] : [],
  ),
);

/** What the machine says of it, each in a message of its own. */
export function bodiesOf<H extends Happening>(
  what: H,
  facts: Happenings[H],
  vmcNo: number,
  teller: Teller,
): readonly WireBody[] {
  return spoken.flatMap(({ cmd, tells }) => {
    const members = tells[what]?.(facts, teller) ?? null;
    return members === null ? [] : [{ cmd, vmc_no: vmcNo, ...members }];
  });
}
export type WireBody = JsonObject & { readonly cmd: string };

/** What it makes of a message that is no command. */
export const handlerOf = (cmd: string): Handler | null => handlers.get(cmd) ?? null;

/** How a message is kept until it is acknowledged; `null`: it is said once. */
export const repeatedAs = (cmd: string): Repeated | null => repeated.get(cmd) ?? null;

/** Whose acknowledgement it is; `null`: of none. */
export const settledBy = (cmd: string): string | null => settled.get(cmd) ?? null;

/** What tells it from others of its kind. */
export function keyOf(body: JsonObject, direction: 'in' | 'out', by: string | null): string | null {
  if (by === null) return null;
  const value = (messageOf(body, direction).message.body as Readonly<Record<string, unknown>>)[by];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
