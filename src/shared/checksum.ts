/** Checksums in the forms that people receive. */

export interface Checksum {
  readonly by: 'sha256' | 'md5';
  /** Lower-case hex. */
  readonly value: string;
}

/** By number of digits. */
const kinds: ReadonlyMap<number, Checksum['by']> = new Map([
  [64, 'sha256'],
  [32, 'md5'],
]);

/** The kind follows from the length; `null`: not a checksum. Some programs put spaces and colons between the digits. */
export function readChecksum(text: string): Checksum | null {
  const value = text.replaceAll(/[\s:]/g, '').toLowerCase();
  if (!/^[0-9a-f]+$/.test(value)) return null;
  const by = kinds.get(value.length);
  return by === undefined ? null : { by, value };
}

interface Listed extends Checksum {
  /** '': the line contains only the checksum. */
  readonly file: string;
}

/** A line of `sha256sum` or `sha256sum --tag`, or a checksum alone. */
function listedIn(line: string): Listed | null {
  const plain = /^\\?(?<value>[0-9a-f]+)(?:\s+\*?(?<file>.+))?$/i.exec(line.trim());
  const tagged = /^(?:SHA256|SHA2-256|MD5)\s*\((?<file>.+)\)\s*=\s*(?<value>[0-9a-f]+)$/i.exec(line.trim());
  const { value = '', file = '' } = (plain ?? tagged)?.groups ?? {};
  const checksum = readChecksum(value);
  return checksum === null ? null : { ...checksum, file: file.split(/[\\/]/).at(-1) ?? '' };
}

/** The checksum of the package in such a file: from the line with its name, or the only line. `null`: none. */
export function checksumIn(text: string, fileName: string): Checksum | null {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const listed = lines.flatMap((line) => listedIn(line) ?? []);
  const found = listed.find(({ file }) => file === fileName) ?? (listed.length === 1 ? listed[0] : undefined);
  return found === undefined ? null : { by: found.by, value: found.value };
}
