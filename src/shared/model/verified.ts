/** Whether the machine on a connection has proved that the number is its own. */
import type { FindingCode } from '../findings';
import type { Params } from '../messages/row';
import type { MachineConfig, Platform } from './machineSettings';
import type { Evident } from './order';
import type { SignFormula, SignResult } from './sign';

/**
 * verified: a login on this connection had a sign that matches the stored code. unverified: a code is stored, but no login on this connection
 * matched it. unverifiable: no proof is possible.
 */
export type Verification = 'verified' | 'unverified' | 'unverifiable';

export interface VerifiedBy {
  /** A verification code is stored for the number. */
  readonly hasCode: boolean;
  readonly signPolicy: MachineConfig['signPolicy'];
  /** Set by hand or read from the login. */
  readonly platform: Platform | null;
}

/** Facts about signs in a machine's state. */
interface Signed {
  readonly sign: SignResult | null;
  readonly proved: Evident<SignFormula> | null;
}

/** `machine`: `null` if unknown. */
export function verificationOf(
  machine: Signed | null,
  { hasCode, signPolicy, platform }: VerifiedBy,
): Verification {
  if (!hasCode) return 'unverifiable';
  if (machine?.sign?.kind === 'matched') return 'verified';
  // A person chose to ignore the sign.
  if (signPolicy === 'ignore') return 'unverifiable';
  // android's sign is a constant [field]. A number with a verified login in the past is not android's.
  const isConstant = platform === 'android' && machine?.proved === null;
  return isConstant ? 'unverifiable' : 'unverified';
}

/** A code is stored, and the machine's present connection has not proved its identity with it. */
export const isUnverified = ({
  online,
  verification,
}: {
  readonly online: boolean;
  readonly verification: Verification;
}): boolean => online && verification === 'unverified';

/**
 * The last use of the number by another connection. claimed: the verified connection kept it. taken: another connection took it, from another
 * address. takenUnsigned: another took it from a silent verified connection, without a matching sign. moved: no connection held it, and
 * another address used it shortly before.
 */
export interface NumberClaim {
  readonly kind: 'claimed' | 'taken' | 'takenUnsigned' | 'moved';
  readonly at: number;
  readonly entry: number;
  /** Address of the connection that claimed the number. */
  readonly address: string;
  /** Address of the connection that held it. */
  readonly of: string;
}

/** [ours] ms for which it is shown. A continuing claim is reported again before that. */
const claimShownFor = 600_000;

const claims = [
  ['claimed', 'number.claimed', 'here'],
  ['taken', 'number.taken', 'from'],
  ['takenUnsigned', 'number.takenUnsigned', 'from'],
  ['moved', 'number.moved', 'from'],
] as const satisfies readonly (readonly [NumberClaim['kind'], FindingCode, string])[];

/** Findings in a machine's state. */
interface Found {
  readonly findings: Readonly<
    Partial<Record<FindingCode, { readonly last: number; readonly entry: number; readonly params: Params }>>
  >;
}

/** `null`: none. */
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
