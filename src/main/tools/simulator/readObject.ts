/** Parses the object of a body as a machine's program does. The app's decoder is deliberately not used. */
import type { JsonObject } from '#shared/model/frame';

export interface ReadResult {
  readonly messages: readonly JsonObject[];
  /** Frames, or runs of other bytes, that the machine could not read. */
  readonly lost: number;
}

export function readObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : null;
  } catch {
    return null;
  }
}
