/** Why the broker can't be used, as a code that the window explains. */
import { JetStreamApiError } from '@nats-io/jetstream';
import type { BrokerTrouble } from '#shared/model/sites';

/** Error codes of the broker's JetStream. */
const outOfStep: ReadonlySet<number> = new Set([
  10_071, // another message of the subject came first
  10_164, // the same, in a cluster
  10_163, // a cluster that stores a message of the subject now
]);
const codes: ReadonlyMap<number, BrokerTrouble['code']> = new Map([
  [10_059, 'noStream'],
  [10_077, 'full'], // the stream's limit of messages or bytes
  [10_047, 'full'], // the store's limit
  [10_028, 'full'], // the account's limit
  [10_023, 'full'], // no room on the broker's disk or in its memory
  [10_054, 'tooLong'],
  [10_039, 'noStreams'],
  [10_076, 'noStreams'],
]);

/** Another message of the subject came first, or the broker lost its newest ones. */
export const isOutOfStep = (error: unknown): boolean =>
  error instanceof JetStreamApiError && outOfStep.has(error.code);

/** An unencrypted connection got no answer. */
export class TlsNeeded extends Error {
  override readonly name = 'TlsNeeded';
}

const byName: ReadonlyMap<string, BrokerTrouble['code']> = new Map(
  Object.entries({
    AuthorizationError: 'refused',
    UserAuthenticationExpiredError: 'expired',
    PermissionViolationError: 'notPermitted',
    NoRespondersError: 'noStreams',
    JetStreamNotEnabled: 'noStreams',
    TimeoutError: 'silent',
    ClosedConnectionError: 'unreachable',
    ConnectionError: 'unreachable',
    DiskRefused: 'thisDisk',
    TlsNeeded: 'tlsNeeded',
  } as const),
);

const bySystem: ReadonlyMap<string, BrokerTrouble['code']> = new Map(
  Object.entries({
    ENOTFOUND: 'unknownName',
    EAI_AGAIN: 'unknownName',
    ECONNREFUSED: 'closed',
    ECONNRESET: 'unreachable',
    ETIMEDOUT: 'unreachable',
    EHOSTUNREACH: 'unreachable',
    ENETUNREACH: 'unreachable',
    CERT_HAS_EXPIRED: 'certificate',
    CERT_NOT_YET_VALID: 'certificate',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate',
    SELF_SIGNED_CERT_IN_CHAIN: 'certificate',
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate',
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate',
    ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
    // The broker's greeting in clear, in place of a handshake.
    ERR_SSL_WRONG_VERSION_NUMBER: 'tlsMissing',
  } as const),
);

/** `detail`: the message of the broker or the system. */
export function troubleOf(error: unknown): BrokerTrouble {
  if (!(error instanceof Error)) return { code: 'other', detail: String(error) };
  const { message: detail } = error;
  if (error instanceof JetStreamApiError) return { code: codes.get(error.code) ?? 'other', detail };
  // A system's code says more than the client's name for it, and stands deeper.
  const chain: Error[] = [];
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) chain.push(cause);
  for (const cause of chain) {
    const known = bySystem.get('code' in cause ? String(cause.code) : '');
    if (known !== undefined) return { code: known, detail: cause.message };
  }
  for (const cause of chain.toReversed()) {
    const named = byName.get(cause.name);
    if (named !== undefined) return { code: named, detail: cause.message };
  }
  return { code: 'other', detail };
}
