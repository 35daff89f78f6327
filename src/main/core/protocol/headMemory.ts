import type { Finding } from '#shared/findings';
import type { Head } from '#shared/model/frame';

/** The head of a connection's frames: the last one recognised, and the one to try first until then. */
export class HeadMemory {
  private readonly preferred: Head;
  /** `null` until one is recognised. */
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
