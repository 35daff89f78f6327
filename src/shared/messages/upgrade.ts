import { sessionId } from './common';
import { seen, text } from './field';
import { toMachine } from './row';

/** Makes the machine download a package: linux from a base address [doc 3.9], android from the ZIP's own address, with a type [field]. */
export const upgrade = toMachine('upgrade', {
  source: 'doc',
  fields: {
    upgradeDir: text('dir', { unit: 'url' }),
    upgradeType: seen(text('type', { values: ['app', 'menu', 'recipe', 'io', 'ice'] })),
    sessionId: seen(sessionId),
  },
  says: ({ upgradeDir }) => (upgradeDir === null ? null : ['from', { where: upgradeDir }]),
  example: { vmc_no: 33_232, dir: 'http://192.168.1.20:12345/' },
});
