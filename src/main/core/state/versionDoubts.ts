/** Versions in doubt: between the download of a package, or an upgrade, and the machine's next login. */
import { broughtByCommand } from '#shared/model/version';
import type { Command } from '#shared/model/command';
import type { MachineState } from '#shared/model/machine';
import { versionFields, type VersionDoubt, type VersionField } from '#shared/model/knownVersions';

const keyOf = (vmcNo: number, field: VersionField): string => `${vmcNo} ${field}`;

export class VersionDoubts {
  /** Time when a machine completed the download of the newest package that sets this version. */
  readonly #fetched = new Map<string, number>();
  /** The entry of the newest upgrade whose download Crema follows itself. */
  readonly #followed = new Map<string, number>();

  /** Notes a command in its current state. */
  note({ vmcNo, name, input, steps }: Command): void {
    if (name !== 'upgrade') return;
    const { field } = broughtByCommand(input);
    if (field === null) return;
    const key = keyOf(vmcNo, field);
    const sent = steps.find(({ what }) => what === 'sent')?.entry ?? null;
    const fetchedAt = steps.findLast(({ what }) => what === 'downloadEnded')?.at ?? null;
    if (sent !== null) this.#followed.set(key, Math.max(sent, this.#followed.get(key) ?? 0));
    if (fetchedAt !== null) this.#fetched.set(key, Math.max(fetchedAt, this.#fetched.get(key) ?? 0));
  }

  of(vmcNo: number, machine: Pick<MachineState, 'login' | 'upgradesSent'> | null): readonly VersionDoubt[] {
    return versionFields.flatMap((field): readonly VersionDoubt[] => {
      const key = keyOf(vmcNo, field);
      const fetchedAt = this.#fetched.get(key);
      const { login = null, upgradesSent = [] } = machine ?? {};
      if (fetchedAt !== undefined && (login === null || login.at < fetchedAt))
        return [{ field, why: 'fetched', at: fetchedAt, entry: null }];
      const sent = upgradesSent.find(({ value }) => value === field);
      // For its own upgrades Crema knows whether the package was downloaded.
      return sent === undefined || this.#followed.get(key) === sent.entry
        ? []
        : [{ field, why: 'sent', at: sent.at, entry: sent.entry }];
    });
  }
}
