/** The careful path: decides the bytes that the fast path (plain.ts) does not take, one attempt at a time. */
import { Buffer } from 'node:buffer';
import type { Finding } from '#shared/findings';
import { headSize } from '#shared/framing';
import { Attempt, type Cut } from './attempt';
import { type Decoded, Frame, type HeadMemory, type HeadReading, maxPending, readSequence } from './decoded';
import { readJson } from './json';
import { decodeText } from './text';

/**
 * Broken bytes are read beyond the part that is taken, and the rest is read again from the next position. The decoder counts these repeated
 * reads as a debt. Each byte taken pays for the first number of repeated reads. If the debt exceeds the second number, broken frames
 * no longer wait for possible inner frames [ours].
 */
const rereadsPerByte = 4;
const maxRereadDebt = 4 * maxPending;
const noFindings: readonly Finding[] = [];

export class CarefulPath {
  private readonly heads: HeadMemory;
  /** The state of the undecided bytes. */
  attempt: Attempt | null = null;
  /** Debt of repeated reads. */
  private rereadDebt = 0;

  constructor(heads: HeadMemory) {
    this.heads = heads;
  }

  /** Begins at a new position. */
  begin(): Attempt {
    this.attempt = new Attempt(this.heads.first, this.rereadDebt <= maxRereadDebt);
    return this.attempt;
  }

  /** Takes the frame or junk at `at` if `available` bytes decide it. Returns the position after it, or `null`. */
  advance(bytes: Buffer, at: number, available: number, out: Decoded[]): number | null {
    const attempt = this.attempt ?? this.begin();
    const cut = attempt.advance(bytes, at, available);
    if (cut === null) return null;
    this.account(attempt.steps + attempt.extra - cut.end, cut.end);
    return this.take(cut, bytes, at, out);
  }

  /**
   * Updates the debt of repeated reads, which include parsing inner frames. `consumed`: bytes taken.
   * Good frames add nothing, so the debt does not depend on the chunks.
   */
  account(reread: number, consumed: number): void {
    this.rereadDebt = Math.max(0, this.rereadDebt + reread - rereadsPerByte * consumed);
  }

  /** Converts a decision to an item. Returns the position after it. */
  take(cut: Cut, bytes: Buffer, at: number, out: Decoded[]): number {
    this.attempt = null;
    const end = at + cut.end;
    if (cut.kind === 'junk') {
      const junk = Buffer.from(bytes.subarray(at, end));
      out.push({ kind: 'junk', bytes: junk, findings: [{ code: cut.code, params: { bytes: junk.length } }] });
      return end;
    }
    const { text, findings: textFindings } = decodeText(bytes.subarray(at + cut.bodyStart, end));
    const { json, findings: jsonFindings } = readJson(text);
    const inChars = headSize + text.length;
    const reading = cut.readings.find((r) => cut.repaired && r.total === inChars) ?? cut.readings[0] ?? null;
    const findings = [...headFindings(cut, reading, inChars), ...textFindings, ...jsonFindings];
    const source = bytes.toString('latin1', at, end);
    const head = reading?.head ?? null;
    const sequence = head === 'le48' ? readSequence(bytes, at + 4) : null;
    const all = head === null ? findings : this.heads.recognise(head, findings);
    const total = reading?.total ?? null;
    out.push(new Frame(source, 0, cut.end, cut.bodyStart, head, total, sequence, text, json, all));
    return end;
  }
}

function headFindings(
  cut: Cut & { kind: 'frame' },
  reading: HeadReading | null,
  inChars: number,
): readonly Finding[] {
  if (reading === null) return [{ code: cut.bodyStart === 0 ? 'head.missing' : 'head.unrecognised' }];
  if (!cut.repaired) return noFindings;
  const code = reading.total === inChars ? 'head.lengthInChars' : 'head.lengthWrong';
  return [{ code, params: { declared: reading.total, actual: cut.end } }];
}
