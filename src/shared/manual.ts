/**
 * The pages of the manual in reading order, by chapter: `docs/manual/<language>/<page>.md`. The pages are the Help screen's manual, so
 * that there is one text.
 */
export const manual = {
  start: ['getting-started', 'virtual-machines'],
  connect: ['connect-machine', 'no-machine', 'direct-link'],
  machine: ['find-problem', 'machine-settings'],
  commands: ['commands', 'open-door', 'rinse', 'brew', 'prices', 'reboot', 'refill'],
  orders: ['orders', 'payment-rehearsal'],
  errors: ['errors', 'own-catalogue'],
  upgrades: ['upgrade', 'rollout'],
  inspector: ['inspector', 'filters', 'write-message'],
  captures: ['captures', 'replay'],
  relay: ['relay'],
  work: ['procedures', 'batch-commands', 'audit-trail'],
  settings: ['settings', 'backup', 'another-laptop', 'broker', 'other-site', 'support-file'],
  troubleshooting: ['troubleshooting'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type ManualChapter = keyof typeof manual;
export type ManualPage = (typeof manual)[ManualChapter][number];
export const manualChapters = Object.keys(manual) as readonly ManualChapter[];
export const manualPages: readonly ManualPage[] = Object.values(manual).flat();
export const isManualPage = (name: string): name is ManualPage => manualPages.some((page) => page === name);
