/**
 * What is to be remarked about the entries of a capture by comparison with what their machines were before. Messages are judged by the
 * same function as on a live connection, so that a capture has the findings the live session would have made; those that follow from
 * its own clock or from the stored codes can't be known from a capture. It is no part of a connection's policy (connection/observe.ts):
 * what a machine was before a message is known only once the entries of all connections before it are in order.
 */
import type { FrameEntry, NewEntry, Peer } from '#shared/model/frame';
import { defaultMachineConfig, type MachineState } from '#shared/model/machine';
import type { MachineMessage } from '#shared/model/message';
import { claimFindings, Claims, type Claimant } from '../connection/claims';
import { receiveFrame, newConversation, type Conversation } from '../connection/conversation';

export class CaptureFindings {
  readonly #machine: (vmcNo: number | null, message: MachineMessage) => MachineState | null;
  readonly #claims: Claims;
  readonly #conversations = new Map<number, Conversation>();

  /** `machine`: what is known of it before the entry. */
  constructor(
    machine: (vmcNo: number | null, message: MachineMessage) => MachineState | null,
    connection: (conn: number) => Claimant | undefined,
  ) {
    this.#machine = machine;
    this.#claims = new Claims(connection);
  }

  /** The entry with its findings, and what is to be recorded behind it. */
  add(entry: NewEntry): readonly NewEntry[] {
    const { conn } = entry;
    const known = this.#conversations.get(conn);
    switch (entry.kind) {
      case 'opened':
        this.#conversations.set(conn, newConversation(conn, entry.peer));
        return [entry];
      case 'finding':
        // Its beginning is not in the capture: nobody knows whether it has logged in.
        if (entry.finding.code === 'capture.midStream' && known !== undefined)
          this.#conversations.set(conn, { ...known, loggedIn: true });
        return [entry];
      case 'closed':
        this.#conversations.delete(conn);
        if (known !== undefined && known.vmcNo !== null) this.#claims.release(known.vmcNo, conn);
        return [entry];
      case 'junk':
        return [entry];
      case 'frame': {
        if (entry.message.from === 'machine')
          return this.#onFrame(entry, entry.message.body, known ?? newConversation(conn, noPeer));
        // A capture may begin with a word to a machine that has said no number in it.
        if (known?.vmcNo === null && known.loggedIn)
          this.#conversations.set(conn, { ...known, vmcNo: entry.vmcNo });
        return [entry];
      }
    }
  }

  #onFrame(
    entry: Omit<FrameEntry, 'id'>,
    message: MachineMessage,
    before: Conversation,
  ): readonly NewEntry[] {
    const { conn, at, vmcNo } = entry;
    const { conversation, findings } = receiveFrame(
      before,
      { frame: entry, message, findings: [], sign: null },
      { now: at, config: defaultMachineConfig, machine: this.#machine(vmcNo, message) },
    );
    if (conversation !== before) this.#conversations.set(conn, conversation);
    const judged = findings === entry.findings ? entry : { ...entry, findings };
    if (conversation.vmcNo === null || conversation.vmcNo === before.vmcNo) return [judged];
    const claim = {
      conn,
      vmcNo: conversation.vmcNo,
      released: before.vmcNo,
      isUnsigned: false,
      movedFrom: null,
    };
    const found = claimFindings(this.#claims.claim(claim, at));
    return [
      judged,
      ...found.map((finding) => ({ kind: 'finding', at, conn, vmcNo: claim.vmcNo, finding }) as const),
    ];
  }
}

/** Of a connection whose beginning was not among the entries. */
const noPeer: Peer = { remoteAddress: '', remotePort: 0, localAddress: '', localPort: 0 };
