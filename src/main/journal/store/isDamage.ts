/** SQLITE_CORRUPT and SQLITE_NOTADB: the file itself is the problem, not the disk or the permissions. */
const damageCodes = new Set([11, 26]);

export function isDamage(error: unknown): boolean {
  // The low byte is the code, what is above it says more of it.
  return (
    error instanceof Error &&
    'errcode' in error &&
    typeof error.errcode === 'number' &&
    damageCodes.has(error.errcode & 0xff)
  );
}
