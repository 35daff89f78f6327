/** The wire form of commands: linux uses bare messages, android wraps most of them in `remote` [field]. */
import type { Platform } from '../../model/machine';
import type { WireMessage } from '../../model/message';

export type PerPlatform<T> = Readonly<Record<Platform, T>>;
export const both = <T>(same: T): PerPlatform<T> => ({ linux: same, android: same });

/** The target of a message. */
export interface WireContext {
  readonly vmcNo: number;
  /** `null`: unknown; the document's form is sent. */
  readonly platform: Platform | null;
  readonly sessionId: string;
  /** The address of the package (linux: a base address; android: the ZIP itself), or the address for an upload. */
  readonly upgradeDir: string;
  readonly upgradeType: string | null;
}

export type WireForm<Input> = (input: Input, to: WireContext) => WireMessage | readonly WireMessage[];

/** A message without own members. */
export const bare =
  (cmd: string) =>
  (_input: unknown, { vmcNo }: WireContext): WireMessage => ({ cmd, vmc_no: vmcNo });

/** android's wrapper of an operation [field]. */
export const wrapper = 'remote';

export const remote =
  (operation: string) =>
  (_input: unknown, { vmcNo, sessionId }: WireContext): WireMessage => ({
    cmd: wrapper,
    vmc_no: vmcNo,
    operation,
    session_id: sessionId,
  });

/** Identifies a message: its `cmd`, with the operation if it wraps one. */
export function messageId({
  cmd,
  operation,
}: {
  readonly cmd?: unknown;
  readonly operation?: unknown;
}): string {
  const name = typeof cmd === 'string' ? cmd : '';
  return name === wrapper ? `${wrapper} ${typeof operation === 'string' ? operation : ''}` : name;
}
