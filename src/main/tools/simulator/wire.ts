/** Messages of virtual machines, built from the rows of shared/messages, never from names in this file. */
import { messages } from '#shared/messages/index';
import { toText, type Field } from '#shared/messages/field';
import type { JsonObject } from '#shared/model/frame';
import type { Happening, Happenings, Teller, VirtualMachine } from '#shared/virtualMachine';

export type WireBody = JsonObject & { readonly cmd: string };

type Maker = (facts: never, teller: Teller) => JsonObject | null;
interface Sentence {
  readonly cmd: string;
  readonly make: Maker;
}

const sentences = new Map<Happening, Sentence[]>();
/** The report that an answer acknowledges, and the member that links the two; `null`: none. */
interface Acknowledged {
  readonly what: Happening;
  readonly member: string | null;
}
const acknowledged = new Map<string, Acknowledged>();

for (const row of messages) {
  if (row.direction !== 'in') continue;
  const { cmd, answer } = row;
  const reports = Object.entries(row.virtual) as [Happening, Maker][];
  const fields: Readonly<Record<string, Field>> = row.fields;
  for (const [what, make] of reports) sentences.set(what, [...(sentences.get(what) ?? []), { cmd, make }]);
  const [first] = reports;
  if (answer?.settles === undefined || first === undefined) continue;
  acknowledged.set(answer.with, { what: first[0], member: fields[answer.settles]?.names[0] ?? null });
}

type Handler = (vm: VirtualMachine, message: JsonObject) => void;
const handlers: ReadonlyMap<string, Handler> = new Map(
  messages.flatMap((row) =>
    row.direction === 'out' && row.virtual !== null ? [[row.cmd, row.virtual]] : [],
  ),
);

/** The messages that a machine of that number sends for a report. */
export function bodiesOf<H extends Happening>(
  what: H,
  facts: Happenings[H],
  vmcNo: number,
  teller: Teller,
): readonly WireBody[] {
  const bodies: WireBody[] = [];
  for (const { cmd, make } of sentences.get(what) ?? []) {
    const members = make(facts as never, teller);
    if (members !== null) bodies.push({ cmd, vmc_no: vmcNo, ...members });
  }
  return bodies;
}

/** The handler for a message that is not a command. */
export const handlerOf = (cmd: string): Handler | null => handlers.get(cmd) ?? null;

/** The report that this answer acknowledges; `null`: none. */
export const acknowledgedBy = (cmd: string): Acknowledged | null => acknowledged.get(cmd) ?? null;

/** The key that distinguishes a record from others of its kind. */
export const keyOf = (message: JsonObject, member: string | null): string | null =>
  member === null ? null : toText(message[member]);

/** The member that acknowledgements of these records name. */
export function keyMember(what: Happening): string | null {
  for (const one of acknowledged.values()) if (one.what === what) return one.member;
  return null;
}

export interface ReadResult {
  readonly messages: readonly JsonObject[];
  /** Frames, or runs of other bytes, that the machine could not read. */
  readonly lost: number;
}

/** Parses the object of a body as a machine's program does. The app's decoder is deliberately not used. */
export function readObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : null;
  } catch {
    return null;
  }
}
