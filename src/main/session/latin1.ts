/** Bytes as text, one character each: nothing is lost and nothing is claimed about their meaning. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
