/** A person's choices: kept on disk, and told to whoever lives by them. */
import { kept } from '../ipc/requests';
import type { SettingsStore } from '../settings/store';
import type { Changed, Service } from './service';
import type { ServerService } from './server';

export interface SettingsParts {
  readonly store: SettingsStore;
  readonly server: ServerService;
  readonly changed: Changed;
  /** It must never be written to the log. */
  readonly hide: (code: string) => void;
}

export function settingsService({
  store,
  server,
  changed,
  hide,
}: SettingsParts): Service<
  'setSettings' | 'setDirectLink' | 'setMachine' | 'setMachineCode',
  'settings' | 'settingsLoss' | 'configs'
> {
  /** A file that could not be read at the start may have been put aside only now. */
  const keep = (change: () => string | null): string | null => {
    const { loss } = store;
    const problem = change();
    if (store.loss !== loss) changed('settingsLoss');
    return problem;
  };
  return {
    live: {
      settings: () => store.settings,
      settingsLoss: () => store.loss,
      configs: () => Object.fromEntries(store.configs),
    },
    requests: {
      setSettings: (patch) => {
        const problem = keep(() => store.change(patch));
        server.tell('change', { settings: store.settings });
        changed('settings');
        return kept(problem);
      },
      setDirectLink: ({ vmcNo }) => {
        const problem = keep(() => store.change({ directLink: vmcNo }));
        server.tell('change', { settings: store.settings });
        changed('settings');
        return kept(problem);
      },
      setMachine: ({ vmcNo, patch }) => {
        const problem = keep(() => store.changeMachine(vmcNo, patch));
        server.tell('changeConfig', { vmcNo, config: store.config(vmcNo) });
        changed('configs');
        return kept(problem);
      },
      setMachineCode: ({ vmcNo, code }) => {
        if (code !== null) hide(code);
        const problem = keep(() => store.setCode(vmcNo, code));
        server.tell('changeCode', { vmcNo, code });
        kept(problem);
        return { codeStored: store.codeStored(vmcNo) };
      },
    },
  };
}
