/** IP addresses as bytes and as text. */

/** 4 or 16 bytes, or `null` if the text is not an address. Drops a zone (`%eth0`). An IPv4-mapped IPv6 address becomes IPv4. */
export function parseAddress(text: string): Uint8Array | null {
  const bare = text.replace(/%.*$/, '').toLowerCase();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare);
  if (!bare.includes(':') || mapped !== null) return parseV4(mapped?.[1] ?? bare);
  return parseV6(bare);
}

function parseV4(text: string): Uint8Array | null {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return null;
  const parts = text.split('.').map(Number);
  return parts.every((part) => part < 256) ? Uint8Array.from(parts) : null;
}

function parseV6(text: string): Uint8Array | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [left, right] = halves.map((half) => (half === '' ? [] : half.split(':')));
  if (left === undefined) return null;
  const missing = 8 - left.length - (right?.length ?? 0);
  if (right === undefined ? missing !== 0 : missing < 1) return null;
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...(right ?? [])];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return null;
  return Uint8Array.from(groups.flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 255]));
}

/** `bytes[at..at+size)` as text; IPv6 with its longest run of zeros left out (RFC 5952). */
export function formatAddress(bytes: Uint8Array, at: number, size: 4 | 16): string {
  if (size === 4) return bytes.subarray(at, at + 4).join('.');
  const groups: string[] = [];
  for (let i = 0; i < 16; i += 2) {
    groups.push((((bytes[at + i] ?? 0) << 8) | (bytes[at + i + 1] ?? 0)).toString(16));
  }
  const text = groups.join(':');
  const longest = (text.match(/(?<![^:])0(?::0)+(?![^:])/g) ?? []).toSorted((a, b) => b.length - a.length)[0];
  if (longest === undefined) return text;
  const from = text.search(new RegExp(`(?<![^:])${longest}(?![^:])`));
  return `${text.slice(0, from).replace(/:$/, '')}::${text.slice(from + longest.length).replace(/^:/, '')}`;
}
