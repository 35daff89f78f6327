/** User settings for the machines thread, and which machines are virtual. */
import { setOwnErrors } from '#shared/errors/own';
import type { Peer } from '#shared/model/frame';
import { defaultMachineConfig, type MachineConfig, type MachineState } from '#shared/model/machine';
import { defaultSettings, type Settings } from '#shared/model/settings';
import type { ServerSettings } from '../server/calls';

type Known = Pick<ServerSettings, 'settings' | 'virtualPorts'>;

export class Choices {
  readonly #configs = new Map<number, MachineConfig>();
  readonly #codes = new Map<number, string>();
  /** Virtual machines and their connections. A machine stays virtual until it uses a connection that is not. */
  readonly #virtual = new Map<number, number>();
  #known: Known = { settings: defaultSettings, virtualPorts: new Set() };

  open({ configs, codes, settings, virtualPorts }: ServerSettings): void {
    for (const [vmcNo, config] of configs) this.#configs.set(vmcNo, config);
    for (const [vmcNo, code] of codes) this.#codes.set(vmcNo, code);
    this.#know({ settings, virtualPorts });
  }

  change(patch: Partial<Known>): void {
    this.#know({ ...this.#known, ...patch });
  }

  #know(known: Known): void {
    this.#known = known;
    setOwnErrors(known.settings.ownErrors);
  }

  get settings(): Settings {
    return this.#known.settings;
  }

  config(vmcNo: number | null): MachineConfig {
    return (vmcNo === null ? undefined : this.#configs.get(vmcNo)) ?? defaultMachineConfig;
  }

  setConfig(vmcNo: number, config: MachineConfig): void {
    this.#configs.set(vmcNo, config);
  }

  /** The user has configured the machine. */
  isChosen(vmcNo: number): boolean {
    return this.#configs.has(vmcNo) || this.#codes.has(vmcNo);
  }

  code(vmcNo: number): string | null {
    return this.#codes.get(vmcNo) ?? null;
  }

  setCode(vmcNo: number, code: string | null): void {
    if (code === null) this.#codes.delete(vmcNo);
    else this.#codes.set(vmcNo, code);
  }

  /** The user has entered a name or a code for the machine. */
  isKnown(vmcNo: number): boolean {
    return this.config(vmcNo).name !== '' || this.#codes.has(vmcNo);
  }

  get virtualMachines(): readonly number[] {
    return [...this.#virtual.keys()];
  }

  /** True if a virtual machine currently uses this port. Another computer may use the same port number. */
  isVirtualPeer({ remoteAddress, remotePort, localAddress }: Peer): boolean {
    return remoteAddress === localAddress && this.#known.virtualPorts.has(remotePort);
  }

  isVirtual({ vmcNo, link }: MachineState): boolean {
    if (link.status === 'online') {
      // The port may leave the list before the end of its connection is detected.
      if (this.isVirtualPeer(link.peer)) this.#virtual.set(vmcNo, link.conn);
      else if (this.#virtual.get(vmcNo) !== link.conn) this.#virtual.delete(vmcNo);
    }
    return this.#virtual.has(vmcNo);
  }

  forget(vmcNo: number): void {
    this.#virtual.delete(vmcNo);
  }
}
