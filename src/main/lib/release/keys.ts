/** The public keys that sign releases (resources/release-keys.json). Several keys are valid at once, so that keys can be replaced. */
import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';

/** Ed25519 keys by id. */
export type ReleaseKeys = ReadonlyMap<string, KeyObject>;

export type KeyFault =
  | { readonly is: 'unreadableKeys' }
  /** The list names a key that is not the one with this id. */
  | { readonly is: 'damagedKey'; readonly id: string }
  | { readonly is: 'repeatedKey'; readonly id: string };

const mostKeys = 16;
const keyList = z.strictObject({
  keys: z
    .array(z.strictObject({ id: z.string().regex(/^[0-9a-f]{16}$/), publicKey: z.string().max(100) }))
    .max(mostKeys),
});

const derOf = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' });

/** The start of the key's SHA-256: an id in the list cannot belong to another key. */
export const keyIdOf = (key: KeyObject): string =>
  createHash('sha256').update(derOf(key)).digest('hex').slice(0, 16);

/** The key as the list has it: its SPKI form in Base64. */
export const keyText = (key: KeyObject): string => derOf(key).toString('base64');

/** `null`: not an Ed25519 key in its one spelling. */
function readKey(text: string): KeyObject | null {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' && keyText(key) === text ? key : null;
  } catch {
    return null;
  }
}

export function readKeys(
  text: string,
): { readonly ok: true; readonly keys: ReleaseKeys } | { readonly ok: false; readonly fault: KeyFault } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { ok: false, fault: { is: 'unreadableKeys' } };
  }
  const list = keyList.safeParse(parsed);
  if (!list.success) return { ok: false, fault: { is: 'unreadableKeys' } };
  const keys = new Map<string, KeyObject>();
  for (const { id, publicKey } of list.data.keys) {
    const key = readKey(publicKey);
    if (key === null || keyIdOf(key) !== id) return { ok: false, fault: { is: 'damagedKey', id } };
    if (keys.has(id)) return { ok: false, fault: { is: 'repeatedKey', id } };
    keys.set(id, key);
  }
  return { ok: true, keys };
}
