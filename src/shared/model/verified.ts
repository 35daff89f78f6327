/** Whether the machine on a connection has proved that it is the one whose number it uses. */
import type { MachineConfig, Platform } from './machineConfig';
import type { MachineState } from './machine';

/**
 * verified: a login on this connection had a sign that matches the stored code. unverified: a code is stored, and no login on this
 * connection matched it. unverifiable: nothing could prove it.
 */
export type Verification = 'verified' | 'unverified' | 'unverifiable';

export interface VerifiedBy {
  /** A verification code is stored for the number. */
  readonly hasCode: boolean;
  readonly signPolicy: MachineConfig['signPolicy'];
  /** Set by hand or read from the login. */
  readonly platform: Platform | null;
}

/** `machine`: `null` where nothing is known of it. */
export function verificationOf(
  machine: Pick<MachineState, 'sign' | 'proved'> | null,
  { hasCode, signPolicy, platform }: VerifiedBy,
): Verification {
  if (!hasCode) return 'unverifiable';
  if (machine?.sign?.kind === 'matched') return 'verified';
  // A person chose that the sign does not matter.
  if (signPolicy === 'ignore') return 'unverifiable';
  // The sign of android is a constant [field]. A number that was verified once belongs to another program.
  const isConstant = platform === 'android' && machine?.proved === null;
  return isConstant ? 'unverifiable' : 'unverified';
}
