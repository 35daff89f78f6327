/** Addresses of other ends, in one form: a notice is compared with the machine's connection. */

/** Where IPv6 listens for IPv4 too, an IPv4 address comes as `::ffff:…`. */
export function plainAddress(address = ''): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
