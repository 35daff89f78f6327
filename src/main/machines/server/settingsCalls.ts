/** Calls that bring changed settings to machines that are served. */
import type { CallHandlers } from '../../lib/threads/serve';
import type { Fleet } from '../../core/state/fleet';
import type { Choices } from '../requests/choices';
import type { ServerCalls } from './calls';
import type { News } from './news';
import type { PackageHost } from './packageHost';
import type { ReservedLink } from './reservedLink';
import type { ServerParts } from './serverParts';

interface SettingsCallsParts {
  readonly choices: Choices;
  readonly fleet: Fleet;
  readonly news: News;
  readonly host: PackageHost;
  readonly reserved: ReservedLink;
  /** `null`: the server is not open. */
  readonly parts: () => ServerParts | null;
}

export function settingsCalls({
  choices,
  fleet,
  news,
  host: { offers },
  reserved,
  parts,
}: SettingsCallsParts): Pick<CallHandlers<ServerCalls>, 'change' | 'changeConfig' | 'changeCode'> {
  return {
    change: ({ packages, updates, ...known }) => {
      if (packages !== undefined) offers.packages = packages;
      if (updates !== undefined) offers.updates = updates;
      const before = choices.settings;
      choices.change(known);
      const { settings } = known;
      const directLink = settings?.directLink ?? null;
      if (directLink !== null && directLink.vmcNo !== before.directLink?.vmcNo) reserved.reserve(directLink);
      if (settings !== undefined && settings.dials !== before.dials)
        parts()?.dialler.setTargets(settings.dials);
      if (settings !== undefined && settings.relay !== before.relay)
        parts()?.relaying.settingsChanged(before.relay);
      // The severity of errors may have changed.
      if (settings !== undefined && settings.ownErrors !== before.ownErrors)
        for (const vmcNo of fleet.machines.keys()) news.machineChanged(vmcNo);
      if (known.virtualPorts !== undefined) news.live.changed('arrivals');
    },
    changeConfig: ({ vmcNo, config }) => {
      choices.setConfig(vmcNo, config);
      parts()?.diagnoses.touched(vmcNo);
      news.machineChanged(vmcNo);
    },
    changeCode: ({ vmcNo, code }) => {
      choices.setCode(vmcNo, code);
      parts()?.server.connectionOf(vmcNo)?.compareSign(code, choices.config(vmcNo).signPolicy);
      news.machineChanged(vmcNo);
    },
  };
}
