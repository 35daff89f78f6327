/**
 * Remarks about a recording what the live session would have remarked, by the same step: what comes from a machine is handed to
 * its conversation, and only what that records is taken. What the conversation would answer is not said: the recording has what
 * was. What it would remark by its own clock or by the stored codes can't be known from a recording.
 */
import type { NewEntry, Peer } from '#shared/model/frame';
import { defaultMachineConfig, type MachineState } from '#shared/model/machine';
import { Claims } from '../session/claims';
import {
  newConversation,
  step,
  type ConversationState,
  type SessionEvent,
  type Step,
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
    const { conn, at, vmcNo } = entry;
    const next = this.#step(
      talk,
      { type: 'frame', frame: entry, message, findings: [], sign: null },
      at,
      vmcNo,
    );
    const [recorded] = next.commands;
    const heard =
      recorded?.type === 'record' && recorded.entry.kind === 'frame'
        ? { ...entry, findings: recorded.entry.findings }
        : entry;
    let { state } = next;
    const behind: NewEntry[] = [];
    for (const command of next.commands) {
      if (command.type !== 'claim') continue;
      if (command.released !== null) this.#claims.release(command.released, conn);
      const claim = this.#claims.claim(command.vmcNo, conn, at);
      const claimed = this.#step(state, { type: 'claimed', ...claim }, at, vmcNo);
      ({ state } = claimed);
      behind.push(...recordedBy(claimed));
    }
    this.#talks.set(conn, state);
    return [heard, ...behind];
  }

  #step(state: ConversationState, event: SessionEvent, now: number, vmcNo: number | null): Step {
    return step(state, event, {
      now,
      config: defaultMachineConfig,
      paymentTypes: [],
      directLink: null,
      machine: this.#machine(vmcNo),
    });
  }
}

/** Of a connection whose beginning was not among the entries. */
const noPeer: Peer = { remoteAddress: '', remotePort: 0, localAddress: '', localPort: 0 };

function recordedBy({ commands }: Step): readonly NewEntry[] {
  return commands.flatMap((command) => (command.type === 'record' ? [command.entry] : []));
}
