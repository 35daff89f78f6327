/** Package offers for commands: the facts of a package, and its address for a machine. */
import { randomBytes } from 'node:crypto';
import { commands } from '#shared/commands/index';
import type { AppError } from '#shared/contract/errors';
import type { JsonObject } from '#shared/model/frame';
import { addressesOf, listensAt, type ListenerState } from '#shared/model/listener';
import type { ExpectedFile, MovedMachine } from '#shared/model/fetched';
import type { MachineState, Platform } from '#shared/model/machine';
import { loginFieldOf, type UpgradePackage } from '#shared/model/upgrade';
import type { Offer as PackageAddress } from '../commands/queueDeps';
import { addressOf, type Offer, originOf } from '../../packages/api';
import { peerAddressOf } from '#shared/model/machineLink';

export class Offers {
  packages: readonly UpgradePackage[] = [];
  /** The listener for package downloads. */
  updates: ListenerState = { status: 'off' };
  /** Registers the offer with the package host before the machine gets its address. */
  readonly #offerToHost: (offer: Offer) => void;
  readonly #expect: (file: ExpectedFile) => void;

  readonly #moved: (machine: MovedMachine) => void;

  constructor(
    offerToHost: (offer: Offer) => void,
    expect: (file: ExpectedFile) => void,
    moved: (machine: MovedMachine) => void,
  ) {
    this.#offerToHost = offerToHost;
    this.#expect = expect;
    this.#moved = moved;
  }

  /** If the machine connected from another address than before, its files are accepted from there. */
  machineMoved(before: MachineState | null, { vmcNo, link }: MachineState): void {
    const address = peerAddressOf(link);
    if (before === null || address === null || address === peerAddressOf(before.link)) return;
    this.#moved({ vmcNo, address });
  }

  #find(id: string): UpgradePackage | undefined {
    return this.packages.find((one) => one.id === id);
  }

  /** The facts of the package that an upgrade command stores. */
  factsFor(input: JsonObject, platform: Platform | null): { readonly facts: JsonObject } | AppError {
    const parsed = commands.upgrade.input.safeParse(input);
    const pkg = parsed.success ? this.#find(parsed.data.packageId) : undefined;
    if (pkg === undefined) return { code: 'unknownPackage', params: {} };
    const field = loginFieldOf(pkg);
    if (pkg.version === '' && field !== null) return { code: 'packageNoVersion', params: {} };
    if (pkg.platform === null) return { code: 'packageNoPlatform', params: {} };
    if (platform !== null && platform !== pkg.platform)
      return { code: 'packageWrongPlatform', params: { platform } };
    return { facts: { version: pkg.version, fileName: pkg.fileName, field } };
  }

  /** `host`: the local address of the machine's connection; `null`: it is not connected. */
  offer(offer: Offer, host: string | null, platform: Platform | null): PackageAddress | AppError {
    const pkg = this.#find(offer.packageId);
    if (pkg === undefined) return { code: 'unknownPackage', params: {} };
    const at = this.#reachedAt(host);
    if ('code' in at) return at;
    this.#offerToHost(offer);
    return {
      dir: addressOf(offer, pkg.fileName, at.host, at.port, platform ?? 'linux'),
      type: pkg.androidType,
    };
  }

  /** An unguessable upload address for one file of a machine. `host`: as above. */
  expectFile(file: Omit<ExpectedFile, 'token'>, host: string | null): PackageAddress | AppError {
    const at = this.#reachedAt(host);
    if ('code' in at) return at;
    const token = randomBytes(16).toString('hex');
    this.#expect({ ...file, token });
    return { dir: `${originOf(at.host, at.port)}/f/${file.vmcNo}/${file.id}/${token}`, type: null };
  }

  #reachedAt(host: string | null): { readonly host: string; readonly port: number } | AppError {
    const state = this.updates;
    if (state.status !== 'listening') return { code: 'updatesOff', params: {} };
    if (host === null || !listensAt(state, host)) {
      const listens = addressesOf(state).map((one) => one.host);
      return { code: 'updatesUnreachable', params: { host: host ?? '', listens: listens.join(', ') } };
    }
    return { host, port: state.port };
  }

  /** Restores offers of an earlier launch. */
  renew(offer: Offer): void {
    this.#offerToHost(offer);
  }

  /** Restores files expected by an earlier launch. */
  expectAgain(file: ExpectedFile): void {
    this.#expect(file);
  }
}
