/** The object of a body as a machine's program parses it; the app's decoder is not used on purpose. */
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
