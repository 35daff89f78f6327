/** The user's settings: stored on disk, and sent to all parts that use them. */
import type { DialTarget } from '#shared/model/dial';
import type { FileDamage } from '#shared/model/fileDamage';
import type { MachineConfig } from '#shared/model/machineSettings';
import type { Settings } from '#shared/model/settings';
import type { SettingsLoss } from '#shared/model/settingsLoss';
import { kept, Refusal } from '../ipc/requests';
import { adapters } from '../../lib/net/adapters';
import { isPhoto, keepPhoto, photoError, removePhoto, soundPhotos } from '../registry/photos';
import type { SettingsStore } from '../../lib/settings/store';
import type { Base } from './base';
import type { FileDamageService } from './fileDamage';
import { relayRefusal } from './relayRefusal';
import type { PackagesService } from './packages';
import type { Changed, Service } from './service';
import type { ServerService } from './server';

interface SettingsParts {
  readonly store: SettingsStore;
  readonly server: ServerService;
  readonly packages: Pick<PackagesService, 'ratesChanged'>;
  readonly changed: Changed;
  /** A secret that must never be written to the log. */
  readonly hide: (code: string) => void;
  /** The folder of machine photos. */
  readonly photos: string;
  readonly onDamage: (damage: FileDamage) => void;
}

export interface SettingsService extends Service<
  'setSettings' | 'setDials' | 'setRelay' | 'setMachine' | 'setMachineCode' | 'setMachinePhoto',
  'settings' | 'settingsLoss' | 'configs' | 'codes'
> {
  /** Stores the settings and informs all users of them; returns why they can't be stored, or `null`. */
  readonly change: (patch: Partial<Settings>) => string | null;
  readonly changeMachines: (patches: ReadonlyMap<number, Partial<MachineConfig>>) => null;
}

export const settings = (
  base: Base,
  {
    fileDamage,
    server,
    packages,
  }: {
    readonly fileDamage: FileDamageService;
    readonly server: ServerService;
    readonly packages: PackagesService;
  },
): SettingsService => {
  const { store } = base;
  const service = settingsService({
    ...base,
    server,
    packages,
    hide: (code) => base.log.hide([code]),
    photos: base.dataPath('photos'),
    onDamage: fileDamage.report,
  });
  base.events.on('directMachine', (vmcNo) => {
    const { directLink } = store.settings;
    if (directLink !== null) service.change({ directLink: { ...directLink, vmcNo } });
  });
  return service;
};

function settingsService({
  store,
  server,
  packages,
  changed,
  hide,
  photos,
  onDamage,
}: SettingsParts): SettingsService {
  /** A file that was unreadable at the start may be set aside only now. */
  const keep = (change: () => string | null): string | null => {
    const { loss } = store;
    const problem = change();
    if (store.loss !== loss) changed('settingsLoss');
    return problem;
  };
  const change = (patch: Partial<Settings>): string | null => {
    const problem = keep(() => store.change(patch));
    server.notify('change', { settings: store.settings });
    if (patch.rateInAll !== undefined || patch.ratePerMachine !== undefined) packages.ratesChanged();
    changed('settings');
    return problem;
  };
  const keepMachines = (patches: ReadonlyMap<number, Partial<MachineConfig>>): string | null => {
    const problem = keep(() => store.changeMachines(patches));
    for (const vmcNo of patches.keys()) server.notify('changeConfig', { vmcNo, config: store.config(vmcNo) });
    changed('configs');
    return problem;
  };
  const changeMachines: SettingsService['changeMachines'] = (patches) => kept(keepMachines(patches));
  let isStopping = false;
  let checking = Promise.resolve();
  /** Restores the photos of lost settings: the files name their machines. */
  const findPhotos = async (): Promise<void> => {
    const patches = new Map<number, Partial<MachineConfig>>();
    for (const [vmcNo, photo] of await soundPhotos(photos)) {
      if (store.config(vmcNo).photo !== null) continue;
      patches.set(vmcNo, { photo });
      onDamage({ what: 'foundAgain', file: `photos/${photo}`, detail: '' });
    }
    if (patches.size > 0) keepMachines(patches);
  };
  /** Checks the photos one by one, while machines are already served. */
  const checkPhotos = async (): Promise<void> => {
    if (store.loss !== null && mayLackPhotos(store.loss)) await findPhotos();
    const all = [...store.configs.values()].map(({ photo }) => photo);
    for (const photo of all) {
      const error = photo === null || isStopping ? null : await photoError(photos, photo);
      if (error !== null) onDamage({ ...error, file: `photos/${photo}` });
    }
  };
  return {
    changeMachines,
    start: () => {
      checking = checkPhotos();
      return Promise.resolve();
    },
    stop: () => {
      isStopping = true;
      return checking;
    },
    live: {
      settings: () => store.settings,
      settingsLoss: () => store.loss,
      configs: () => Object.fromEntries(store.configs),
      codes: () => store.codesStored(),
    },
    change,
    requests: {
      setSettings: (patch) => kept(change(patch)),
      setDials: ({ dials }) => {
        const state = server.listener();
        const self = state.status === 'off' ? undefined : dials.find((one) => isOurs(one, state));
        if (self !== undefined) throw new Refusal('dialSelf', self);
        return kept(change({ dials }));
      },
      setRelay: ({ relay }) => {
        const state = server.listener();
        const refused = relayRefusal(relay, (target) => state.status !== 'off' && isOurs(target, state));
        if (refused !== null) throw new Refusal(refused.code, refused.params);
        return kept(change({ relay }));
      },
      setMachine: ({ vmcNo, patch }) => changeMachines(new Map([[vmcNo, patch]])),
      setMachineCode: ({ vmcNo, code }) => {
        if (code !== null) hide(code);
        const problem = keep(() => store.setCode(vmcNo, code));
        server.notify('changeCode', { vmcNo, code });
        changed('codes');
        return kept(problem);
      },
      setMachinePhoto: ({ vmcNo, picture }) => {
        if (picture !== null && !isPhoto(picture)) throw new Refusal('noPicture');
        const before = store.config(vmcNo).photo;
        let photo: string | null = null;
        try {
          if (picture !== null) photo = keepPhoto(photos, vmcNo, picture);
        } catch (error) {
          throw new Refusal('photoNotKept', {
            detail: error instanceof Error ? error.message : String(error),
          });
        }
        if (before !== null && before !== photo) removePhoto(photos, before);
        return changeMachines(new Map([[vmcNo, { photo }]]));
      },
    },
  };
}

/** The lost settings may have contained photos. */
const mayLackPhotos = ({ lost, isUnproven }: SettingsLoss): boolean =>
  lost === null || isUnproven || lost.some(({ key }) => ['photo', 'all', 'machines'].includes(key));

/** Whether Crema itself listens at this address. */
const isOurs = ({ host, port }: DialTarget, listener: { readonly port: number }): boolean =>
  port === listener.port &&
  (host.toLowerCase() === 'localhost' || adapters().some(({ address }) => address === host));
