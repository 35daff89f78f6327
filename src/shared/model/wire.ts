import type { JsonObject } from './json';

/** The two heads in use (docs/protocol/framing.md): four decimal digits, or the four-byte little-endian + 48 form. */
export type Head = 'decimal' | 'le48';

/** From Crema's view: `in` is machine to server, `out` is server to machine. */
export type Direction = 'in' | 'out';

/** A body as sent to a machine: members under their wire names, in order of sending. */
export type WireMessage = { readonly cmd: string } & JsonObject;
