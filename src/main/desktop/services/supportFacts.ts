/** The main thread's facts for a support file. */
import { arch, cpus, freemem, platform, release, totalmem, uptime, version } from 'node:os';
import { machineSettingRows } from '#shared/model/machineSettings';
import { withoutSecrets } from '#shared/model/settingRow';
import { settingRows } from '#shared/model/settings';
import { readBuildInfo } from '../../lib/launch/buildInfo';
import type { CollectRequest } from '../../tools/support/api';
import { adapters } from '../../lib/net/adapters';
import type { SettingsStore } from '../../lib/settings/store';
import type { Base } from './base';

export function supportFacts(base: Base): CollectRequest['facts'] {
  return {
    versions: versionsOf(base),
    settings: settingsOf(base.store),
    network: { adapters: adapters(), listeners: base.feed.value('listeners') },
    journal: { status: base.feed.value('journal') },
  };
}

function versionsOf({ facts, appPath, since, now }: Base): object {
  const at = now();
  const { appVersion, build, languageSwitch, systemLanguage } = facts;
  const {
    electron = null,
    chrome = null,
    node,
    v8,
  } = process.versions as Readonly<Record<string, string | undefined>>;
  return {
    made: new Date(at).toISOString(),
    crema: {
      version: appVersion,
      build,
      made: readBuildInfo(appPath),
      runsFor: `${Math.round((at - since) / 1_000)} s`,
    },
    runtime: { electron, chrome, node, v8 },
    system: {
      platform: platform(),
      release: release(),
      version: version(),
      arch: arch(),
      processors: cpus().length,
      processor: cpus()[0]?.model ?? null,
      memory: totalmem(),
      freeMemory: freemem(),
      upFor: `${Math.round(uptime())} s`,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      language: languageSwitch ?? systemLanguage,
    },
  };
}

/** Of a verification code, only the place where it is stored. */
function settingsOf(store: SettingsStore): object {
  const codes = store.codesStored();
  const numbers = new Set([...store.configs.keys(), ...Object.keys(codes).map(Number)]);
  const machines = [...numbers].map((vmcNo) => [
    vmcNo,
    { ...withoutSecrets(machineSettingRows, store.config(vmcNo)), code: codes[vmcNo] ?? 'none' },
  ]);
  return {
    settings: withoutSecrets(settingRows, store.settings),
    machines: Object.fromEntries(machines) as object,
    notRead: store.loss,
  };
}
