/** The manual's pictures: what each shows, and what its letters mark. Pages of the manual name the same letters. */
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { Screen } from '#shared/screens';
import { zipOf } from '../builders/zips';
import type { Seen } from './stage';

export interface Picture {
  readonly name: string;
  /** The screens that it shows. A change of one makes the picture stale. */
  readonly screens: readonly [Screen, ...(readonly Screen[])];
  /** Taken before any machine connects. Such pictures come first. */
  readonly withoutMachines?: true;
  /** Brings the window to what is shown. */
  readonly show: (seen: Seen) => Promise<void>;
  /** Closes what `show` opened. */
  readonly leave?: (seen: Seen) => Promise<void>;
  readonly letters?: Readonly<Record<string, (seen: Seen) => Locator>>;
}

const labelled = ({ page }: Seen, text: string): Locator => page.getByLabel(text, { exact: true });
const firstOf = ({ page }: Seen, list: string): Locator =>
  page.getByRole('listbox', { name: list }).getByRole('option').first();
const close = async ({ page }: Seen): Promise<void> => page.keyboard.press('Escape');

export const pictures: readonly Picture[] = [
  {
    name: 'connect',
    screens: ['connect'],
    withoutMachines: true,
    show: (seen) => seen.go('#/connect'),
    letters: {
      A: (seen) => labelled(seen, seen.words.t('connect.toType')),
      B: (seen) => labelled(seen, seen.words.t('connectWalk.checks')),
    },
  },
  {
    name: 'help',
    screens: ['help'],
    withoutMachines: true,
    show: (seen) => seen.go('#/help/manual'),
  },
  {
    name: 'settings',
    screens: ['settings'],
    withoutMachines: true,
    show: (seen) => seen.go('#/settings'),
    letters: {
      A: ({ page, words }) =>
        page.getByRole('navigation', { name: words.t('settings.title') }).getByRole('list'),
      B: (seen) => labelled(seen, seen.words.t('settings.search')),
    },
  },
  {
    name: 'relay',
    screens: ['relay'],
    withoutMachines: true,
    show: (seen) => seen.go('#/relay'),
    letters: {
      A: (seen) => labelled(seen, seen.words.t('relay.host')),
      B: (seen) => seen.button(seen.words.t('relay.start')),
    },
  },
  {
    name: 'work',
    screens: ['work'],
    withoutMachines: true,
    show: (seen) => seen.go('#/work/sequences'),
  },
  { name: 'machines', screens: ['machines'], show: (seen) => seen.go('#/machines') },
  {
    name: 'problem',
    screens: ['machines'],
    show: (seen) => seen.go('#/machines/33232/overview'),
    letters: {
      A: ({ page }) => page.getByRole('main').locator('p[data-selling]'),
      B: (seen) => labelled(seen, seen.words.t('problems.title')),
      C: ({ page, words }) => page.getByRole('group', { name: words.t('machine.actions') }),
    },
  },
  {
    name: 'commands',
    screens: ['machines'],
    show: async (seen) => {
      await seen.go('#/machines/33235/commands');
      const first = firstOf(seen, seen.words.t('control.list.label'));
      await first.click();
    },
    leave: close,
    letters: {
      A: (seen) => firstOf(seen, seen.words.t('control.list.label')),
      B: ({ page, words }) => page.getByRole('heading', { name: words.t('control.list.steps') }),
    },
  },
  {
    name: 'orders',
    screens: ['orders'],
    show: async (seen) => {
      await seen.go('#/orders');
      await firstOf(seen, seen.words.t('orders.list')).click();
    },
    leave: close,
    letters: {
      A: (seen) => labelled(seen, seen.words.t('orders.searchLabel')),
      B: ({ page, words }) => page.getByRole('heading', { name: words.t('orders.life') }),
    },
  },
  {
    name: 'errors',
    screens: ['errors'],
    show: async (seen) => {
      await seen.go('#/errors');
      await firstOf(seen, seen.words.t('faults.list')).click();
    },
    leave: close,
    letters: {
      A: (seen) => labelled(seen, seen.words.t('faults.filter')),
      B: (seen) => seen.button(seen.words.t('faults.exportFrames')),
    },
  },
  {
    name: 'upgrades',
    screens: ['upgrades'],
    show: async (seen) => {
      await seen.go('#/upgrades');
      const list = seen.page.getByRole('list', { name: seen.words.t('upgrades.packages') });
      if ((await list.getByRole('listitem').count()) > 0) return;
      const file = join(tmpdir(), 'linux_1.2.9.0.zip');
      await writeFile(file, await zipOf({ 'linux/version.txt': '1.2.9.0' }));
      await seen.choosesFile(file);
      await seen.page.getByRole('button', { name: seen.words.t('upgrades.choose') }).click();
      await list.getByRole('listitem').first().waitFor();
      await seen.page.getByText(seen.words.platform('linux'), { exact: true }).first().click();
      await seen.button(seen.words.t('packages.details')).click();
      await labelled(seen, seen.words.t('upgrades.groupBy')).waitFor();
    },
    letters: {
      A: (seen) => labelled(seen, seen.words.t('upgrades.packages')),
      B: (seen) => labelled(seen, seen.words.t('upgrades.groupBy')),
    },
  },
  {
    name: 'inspector',
    screens: ['inspector'],
    show: async (seen) => {
      await seen.go('#/inspector');
      await seen.page
        .getByRole('listbox', { name: seen.words.t('frames.label') })
        .locator('[data-frame][data-dir]')
        .last()
        .click();
    },
    leave: close,
    letters: {
      A: (seen) => labelled(seen, seen.words.t('frames.filter.label')),
      B: ({ page }) => page.getByRole('tree'),
    },
  },
];
