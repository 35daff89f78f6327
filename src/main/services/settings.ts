/** A person's choices: kept on disk, and told to whoever lives by them. */
import { kept } from '../ipc/requests';
import type { SettingsStore } from '../settings/store';
import type { Changed, Service } from './service';
import type { ServerService } from './server';

export interface SettingsParts {
  readonly store: SettingsStore;
  readonly server: ServerService;
  readonly changed: Changed;
}

export function settingsService({
  store,
  server,
  changed,
}: SettingsParts): Service<
  'setSettings' | 'setDirectLink' | 'setMachine' | 'setMachineCode',
  'settings' | 'configs'
> {
  return {
    live: { settings: () => store.settings, configs: () => Object.fromEntries(store.configs) },
    requests: {
      setSettings: (patch) => {
        const problem = store.change(patch);
        server.tell('change', { settings: store.settings });
        changed('settings');
        return kept(problem);
      },
      setDirectLink: ({ vmcNo }) => {
        const problem = store.change({ directLink: vmcNo });
        server.tell('change', { settings: store.settings });
        changed('settings');
        return kept(problem);
      },
      setMachine: ({ vmcNo, patch }) => {
        const problem = store.changeMachine(vmcNo, patch);
        server.tell('changeConfig', { vmcNo, config: store.config(vmcNo) });
        changed('configs');
        return kept(problem);
      },
      setMachineCode: ({ vmcNo, code }) => {
        const problem = store.setCode(vmcNo, code);
        server.tell('changeCode', { vmcNo, code });
        kept(problem);
        return { codeStored: store.codeStored(vmcNo) };
      },
    },
  };
}
