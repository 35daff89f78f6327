/** Normalizes remote addresses, so that a notice can be compared with the machine's connection. */

/** A dual-stack listener reports IPv4 addresses as `::ffff:…`. */
export function plainAddress(address = ''): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
