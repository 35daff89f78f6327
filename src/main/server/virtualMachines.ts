/** Which machines are virtual ones of Crema, and how those that no longer run are taken off the list. */
import type { MachineState } from '#shared/model/machine';

/** Machines taken off the list together, and ms until the next: windows are not to be told of thousands at once. */
export const forgottenTogether = 200;
const pause = 50;

export interface VirtualMachinesParts {
  readonly machine: (vmcNo: number) => MachineState | null;
  readonly forget: (vmcNo: number) => void;
}

export class VirtualMachines {
  readonly #parts: VirtualMachinesParts;
  /** Machines seen to be virtual, and on which connection: they stay so until they come on another that is not. */
  readonly #connections = new Map<number, number>();
  #isForgetting = false;

  constructor(parts: VirtualMachinesParts) {
    this.#parts = parts;
  }

  /** `ports`: of this computer, which belong to virtual machines now. Its port may be taken off that list before its connection ends. */
  isOne({ vmcNo, link }: MachineState, ports: ReadonlySet<number> | undefined): boolean {
    if (link.status === 'online') {
      if (ports?.has(link.peer.remotePort) === true) this.#connections.set(vmcNo, link.conn);
      else if (this.#connections.get(vmcNo) !== link.conn) this.#connections.delete(vmcNo);
    }
    return this.#connections.has(vmcNo);
  }

  forgotten(vmcNo: number): void {
    this.#connections.delete(vmcNo);
  }

  /** Takes those that are offline off the list, little by little. */
  async forgetOffline(): Promise<void> {
    this.#isForgetting = true;
    while (this.#isForgetting) {
      const offline = this.#offline();
      for (const vmcNo of offline.slice(0, forgottenTogether)) this.#parts.forget(vmcNo);
      if (offline.length <= forgottenTogether) break;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    this.#isForgetting = false;
  }

  /** What is left of that, at once: nobody looks on any more. */
  finish(): void {
    if (!this.#isForgetting) return;
    this.#isForgetting = false;
    for (const vmcNo of this.#offline()) this.#parts.forget(vmcNo);
  }

  #offline(): readonly number[] {
    return [...this.#connections.keys()].filter(
      (vmcNo) => this.#parts.machine(vmcNo)?.link.status !== 'online',
    );
  }
}
