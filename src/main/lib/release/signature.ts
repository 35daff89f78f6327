/** Signatures of a release: plain Ed25519 over the bytes of `SHA256SUMS`, which openssl verifies as well. */
import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { keyIdOf, type ReleaseKeys } from './keys';
import { mostBytes, sumsName } from './manifest';

export type SignatureFault =
  /** The list of keys is empty. */
  | { readonly is: 'noKeys' }
  | { readonly is: 'unsigned' }
  /** Signed, but by no key of the list. */
  | { readonly is: 'unknownKey'; readonly ids: readonly string[] }
  | { readonly is: 'wrongSignature'; readonly id: string };

export const signatureName = (id: string): string => `${sumsName}.${id}.sig`;
/** `null`: not the name of a signature. */
export const signedBy = (name: string): string | null =>
  /^SHA256SUMS\.([0-9a-f]{16})\.sig$/.exec(name)?.[1] ?? null;

/** The private key of a PEM text. `null`: not an Ed25519 key, or protected by a passphrase. */
export function readPrivateKey(pem: string): KeyObject | null {
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}

export const signSums = (
  sums: Buffer,
  privateKey: KeyObject,
): { readonly id: string; readonly signature: Buffer } => ({
  id: keyIdOf(createPublicKey(privateKey)),
  signature: sign(null, sums, privateKey),
});

/**
 * One known key has to have signed, and no known key may stand beside a wrong signature. A key that this version does not
 * know yet may have signed too.
 */
export function checkSignatures(
  sums: Buffer,
  signatures: ReadonlyMap<string, Buffer>,
  keys: ReleaseKeys,
): { readonly ok: true; readonly id: string } | { readonly ok: false; readonly fault: SignatureFault } {
  if (keys.size === 0) return { ok: false, fault: { is: 'noKeys' } };
  if (signatures.size === 0) return { ok: false, fault: { is: 'unsigned' } };
  let valid: string | null = null;
  for (const [id, signature] of signatures) {
    const key = keys.get(id);
    if (key === undefined) continue;
    if (signature.length !== mostBytes.signature || !verify(null, sums, key, signature))
      return { ok: false, fault: { is: 'wrongSignature', id } };
    valid ??= id;
  }
  return valid === null
    ? { ok: false, fault: { is: 'unknownKey', ids: [...signatures.keys()] } }
    : { ok: true, id: valid };
}
