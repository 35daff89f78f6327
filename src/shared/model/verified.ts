/** Whether the machine on a connection has proved that it is the one whose number it uses. */
import type { FindingCode } from '../findings';
import type { Params } from '../messages/row';
import type { MachineConfig, Platform } from './machineConfig';
import type { Evident } from './order';
import type { SignFormula, SignResult } from './sign';

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

/** What a machine's state says of its signs. */
interface Signed {
  readonly sign: SignResult | null;
  readonly proved: Evident<SignFormula> | null;
}

/** `machine`: `null` where nothing is known of it. */
export function verificationOf(
  machine: Signed | null,
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

/** A code is stored, and the machine's present connection has not proved itself by it. */
export const isUnverified = ({
  online,
  verification,
}: {
  readonly online: boolean;
  readonly verification: Verification;
}): boolean => online && verification === 'unverified';

/**
 * The last time another connection used the number. claimed: the verified connection kept it. taken: the other got it, from another address.
 * takenUnsigned: it got it from a verified connection that was silent, without a matching sign. moved: nobody had it, and shortly before it was
 * used from another address.
 */
export interface NumberClaim {
  readonly kind: 'claimed' | 'taken' | 'takenUnsigned' | 'moved';
  readonly at: number;
  readonly entry: number;
  /** Of the connection that claimed the number. */
  readonly address: string;
  /** Of the connection that had it. */
  readonly of: string;
}

/** [ours] ms for which it is shown; a claim that goes on is told again before that. */
const claimShownFor = 600_000;

const claims = [
  ['claimed', 'number.claimed', 'here'],
  ['taken', 'number.taken', 'from'],
  ['takenUnsigned', 'number.takenUnsigned', 'from'],
  ['moved', 'number.moved', 'from'],
] as const satisfies readonly (readonly [NumberClaim['kind'], FindingCode, string])[];

/** What a machine's state says of its findings. */
interface Found {
  readonly findings: Readonly<
    Partial<Record<FindingCode, { readonly last: number; readonly entry: number; readonly params: Params }>>
  >;
}

/** `null`: there was none. */
export function lastClaim({ findings }: Found): NumberClaim | null {
  let last: NumberClaim | null = null;
  for (const [kind, code, of] of claims) {
    const found = findings[code];
    if (found === undefined || (last !== null && found.entry < last.entry)) continue;
    const { last: at, entry, params } = found;
    last = { kind, at, entry, address: String(params['address']), of: String(params[of]) };
  }
  return last;
}

export const isClaimShown = (claim: NumberClaim | null, now: number): claim is NumberClaim =>
  claim !== null && now - claim.at < claimShownFor;
