import type { JsonObject } from './json';

/** The two heads in use (docs/protocol/framing.md): four decimal digits, or the four-byte little-endian + 48 form. */
export type Head = 'decimal' | 'le48';

/** Seen from Crema: `in` is machine to server, `out` is server to machine. */
export type Direction = 'in' | 'out';

/** A body as it is written to a machine: members under their wire names, in the order they are sent. */
export type WireMessage = { readonly cmd: string } & JsonObject;
