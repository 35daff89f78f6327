/**
 * Node can decode GB18030 but not encode it. The inverse of its two-byte GB2312 level-1 block (3,755 common characters) is
 * enough for the texts of a virtual machine.
 */
let table: ReadonlyMap<string, readonly [number, number]> | null = null;

function readBackwards(): ReadonlyMap<string, readonly [number, number]> {
  const decoder = new TextDecoder('gb18030');
  const map = new Map<string, readonly [number, number]>();
  for (let lead = 0xb0; lead <= 0xd7; lead += 1) {
    for (let trail = 0xa1; trail <= 0xfe; trail += 1) {
      map.set(decoder.decode(new Uint8Array([lead, trail])), [lead, trail]);
    }
  }
  return map;
}

/** The text in GB18030; a character outside ASCII and the block becomes `?`. */
export function toGb18030(text: string): Uint8Array {
  table ??= readBackwards();
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code < 128) bytes.push(code);
    else bytes.push(...(table.get(char) ?? [0x3f]));
  }
  return Uint8Array.from(bytes);
}
