/** The wire form of commands: linux takes them bare, android wraps most of them in `remote` [field]. */
import type { Platform } from '../../model/machine';
import type { WireMessage } from '../../model/message';

export type PerPlatform<T> = Readonly<Record<Platform, T>>;
export const both = <T>(same: T): PerPlatform<T> => ({ linux: same, android: same });

/** What a message is made for. */
export interface WireContext {
  readonly vmcNo: number;
  /** `null`: not known yet; the document's form is sent. */
  readonly platform: Platform | null;
  readonly sessionId: string;
  /** Where the machine fetches the package: linux a base, android the ZIP itself; or where it sends a file. */
  readonly upgradeDir: string;
  readonly upgradeType: string | null;
}

export type WireForm<Input> = (input: Input, to: WireContext) => WireMessage | readonly WireMessage[];

/** A message without members of its own. */
export const bare =
  (cmd: string) =>
  (_input: unknown, { vmcNo }: WireContext): WireMessage => ({ cmd, vmc_no: vmcNo });

/** android's wrapping of an operation [field]. */
export const wrapper = 'remote';

export const remote =
  (operation: string) =>
  (_input: unknown, { vmcNo, sessionId }: WireContext): WireMessage => ({
    cmd: wrapper,
    vmc_no: vmcNo,
    operation,
    session_id: sessionId,
  });

/** By what a message is told from others: its `cmd`, with the operation where it wraps one. */
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
