import type { Finding } from '#shared/findings';
import type { Head } from '#shared/model/frame';

/** Which head a connection's frames have: what was recognised last, and what is tried first until then. */
export class HeadMemory {
  private readonly preferred: Head;
  /** `null` until one was recognised. */
  last: Head | null = null;

  constructor(preferred: Head) {
    this.preferred = preferred;
  }

  /** The head to try first. */
  get first(): Head {
    return this.last ?? this.preferred;
  }

  /** Stores the head, and adds a finding if it differs from the last one. */
  recognise(head: Head, findings: readonly Finding[]): readonly Finding[] {
    const from = this.last;
    this.last = head;
    if (from === null || from === head) return findings;
    return [{ code: 'head.changed', params: { from, to: head } }, ...findings];
  }
}
