/**
 * Findings about a capture's entries that depend on the earlier state of their machines. The function is the same as on a live connection.
 * A capture therefore has the findings of a live session, except those that need Crema's clock or the stored codes. They are not part of a
 * connection's policy (connection/observe.ts): the earlier state is known only when the entries of all connections are in order.
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

  /** `machine`: its state before the entry. */
  constructor(
    machine: (vmcNo: number | null, message: MachineMessage) => MachineState | null,
    connection: (conn: number) => Claimant | undefined,
  ) {
    this.#machine = machine;
    this.#claims = new Claims(connection);
  }

  /** The entry with its findings, and the entries to record after it. */
  add(entry: NewEntry): readonly NewEntry[] {
    const { conn } = entry;
    const known = this.#conversations.get(conn);
    switch (entry.kind) {
      case 'opened':
        this.#conversations.set(conn, newConversation(conn, entry.peer));
        return [entry];
      case 'finding':
        // The start of the connection is not in the capture, so a login may have happened.
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
        // A capture may begin with a message to a machine whose number does not occur before it.
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

/** For a connection whose start is not among the entries. */
const noPeer: Peer = { remoteAddress: '', remotePort: 0, localAddress: '', localPort: 0 };
