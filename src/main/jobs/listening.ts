/**
 * Remarks about a recording what the live session would have remarked, by the same function: what comes from a machine is heard by
 * its conversation, which is not asked for answers, as the recording has what was said. What it would remark by its own clock or by
 * the stored codes can't be known from a recording.
 */
import type { NewEntry, Peer } from '#shared/model/frame';
import { defaultMachineConfig, type MachineState } from '#shared/model/machine';
import { Claims } from '../session/claims';
import {
  hear,
  newConversation,
  step,
  type ConversationState,
  type SessionEvent,
} from '../session/conversation';

type FrameEvent = Extract<SessionEvent, { type: 'frame' }>;

export class Listening {
  readonly #machine: (vmcNo: number | null) => MachineState | null;
  readonly #claims = new Claims();
  readonly #talks = new Map<number, ConversationState>();

  /** `machine`: what is known of it before the entry. */
  constructor(machine: (vmcNo: number | null) => MachineState | null) {
    this.#machine = machine;
  }

  /** The entry with what is to be remarked about it, and what is to be recorded behind it. */
  hear(entry: NewEntry): readonly NewEntry[] {
    const { conn, at } = entry;
    const talk = this.#talks.get(conn);
    switch (entry.kind) {
      case 'opened':
        this.#talks.set(conn, newConversation(conn, entry.peer, at));
        return [entry];
      case 'finding':
        // Its beginning is not in the recording: nobody knows whether it has logged in.
        if (entry.finding.code === 'capture.midStream' && talk !== undefined)
          this.#talks.set(conn, { ...talk, loggedIn: true });
        return [entry];
      case 'closed':
        this.#talks.delete(conn);
        if (talk !== undefined && talk.vmcNo !== null) this.#claims.release(talk.vmcNo, conn);
        return [entry];
      case 'junk':
        return [entry];
      case 'frame': {
        if (entry.message.from === 'machine')
          return this.#frame(entry, entry.message.body, talk ?? newConversation(conn, noPeer, at));
        // A recording may begin with a word to a machine that has said no number in it.
        if (talk?.vmcNo === null && talk.loggedIn) this.#talks.set(conn, { ...talk, vmcNo: entry.vmcNo });
        return [entry];
      }
    }
  }

  #frame(
    entry: Extract<NewEntry, { kind: 'frame' }>,
    message: FrameEvent['message'],
    talk: ConversationState,
  ): readonly NewEntry[] {
    const { conn, at } = entry;
    const ctx = {
      now: at,
      config: defaultMachineConfig,
      paymentTypes: [],
      directLink: null,
      machine: this.#machine(entry.vmcNo),
    };
    const { state, findings } = hear(talk, { frame: entry, message, findings: [], sign: null }, ctx);
    if (state !== talk) this.#talks.set(conn, state);
    const heard = findings === entry.findings ? entry : { ...entry, findings };
    if (state.vmcNo === null || state.vmcNo === talk.vmcNo) return [heard];
    if (talk.vmcNo !== null) this.#claims.release(talk.vmcNo, conn);
    const claim = this.#claims.claim(state.vmcNo, conn, at);
    const { commands } = step(state, { type: 'claimed', ...claim }, ctx);
    return [heard, ...commands.flatMap((one) => (one.type === 'record' ? [one.entry] : []))];
  }
}

/** Of a connection whose beginning was not among the entries. */
const noPeer: Peer = { remoteAddress: '', remotePort: 0, localAddress: '', localPort: 0 };
