/** Connects replays to machines: sends their frames like custom messages, and returns the messages of the machine. */
import type { MessagePort } from 'node:worker_threads';
import { machineOf, type Entry } from '#shared/model/frame';
import { isWord } from '#shared/model/relayed';
import type { MachineLinkCalls, MachineLinkEvents } from '../../tools/replay/api';
import { serve, type CallHandlers, type PortServer } from '../../lib/threads/serve';

type Send = CallHandlers<MachineLinkCalls>['send'];

export class Replaying {
  readonly #listening = new Map<
    MessagePort,
    { readonly vmcNo: number; readonly port: PortServer<MachineLinkEvents> }
  >();

  /** Open until the other end closes. */
  open(vmcNo: number, port: MessagePort, send: Send): void {
    this.#listening.set(port, { vmcNo, port: serve<MachineLinkCalls, MachineLinkEvents>(port, { send }) });
    port.once('close', () => this.#listening.delete(port));
  }

  take(entry: Entry): void {
    for (const { vmcNo, port } of this.#listening.values()) {
      if (machineOf(entry) !== vmcNo) continue;
      const { at } = entry;
      if (entry.kind === 'closed') port.emit('closed', { reason: entry.reason });
      else if (entry.kind === 'junk')
        port.emit('came', { at, head: null, text: Buffer.from(entry.bytes).toString('latin1') });
      // Frames that were relayed or made up in the machine's name are not its answers.
      else if (entry.kind === 'frame' && entry.dir === 'in' && isWord(entry))
        port.emit('came', { at, head: entry.head, text: entry.text });
    }
  }

  stop(): void {
    for (const port of this.#listening.keys()) port.close();
  }
}
