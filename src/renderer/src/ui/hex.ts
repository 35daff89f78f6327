/** Bytes as people read them. */
const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0').toUpperCase();

/** `33 32 7B`, for pasting elsewhere. */
export function hexText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => hex(byte, 2)).join(' ');
}

/** So many to a line: offset, bytes, printable ASCII with a dot for the rest. */
export function hexDump(bytes: Uint8Array, perLine: 8 | 16): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += perLine) {
    const line = bytes.subarray(at, at + perLine);
    const left = hexText(line.subarray(0, 8)).padEnd(23);
    const right = perLine === 16 ? `  ${hexText(line.subarray(8)).padEnd(23)}` : '';
    const text = Array.from(line, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'));
    lines.push(`${hex(at, 4)}  ${left}${right}  ${text.join('')}`);
  }
  return lines.join('\n');
}
