/** A person's settings for Crema, and state kept between launches: one row each. */
import { z } from 'zod';
import { longestCurrency, usualCurrencies, usualCurrency } from './currency';
import { chosenAdapter, mostAdapters } from './chosenAdapters';
import { dialTarget, mostDials } from './dial';
import { directLinkSchema } from './served';
import { noRelay, relaySchema, type RelaySettings } from './relay';
import { ownErrorsSchema } from './ownErrors';
import { ownProductsSchema } from './ownProducts';
import {
  changedElsewhere,
  choice,
  defaultsOf,
  ownForm,
  text,
  withheldText,
  type SettingValues,
} from './settingRow';

const address = z.object({ host: z.union([z.ipv4(), z.ipv6()]), port: z.int().min(0).max(65_535) });

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);

export const retentionLimits = {
  days: { min: 1, max: 3_650 },
  bytes: { min: 50_000_000, max: 1e12 },
} as const;
const { days, bytes } = retentionLimits;
/** The default before machines were seen to append another port. */
const formerPort = 9700;

/** Filters and answers of rules may contain an order or a payment text, which the usual replacement would miss. */
const relayHandedOn = (relay: RelaySettings): RelaySettings => ({
  ...relay,
  rules: relay.rules.map((rule) => ({
    ...rule,
    filter: rule.filter === '' ? '' : withheldText,
    answer: rule.answer === '' ? '' : withheldText,
    ...(rule.change !== undefined && { change: { ...rule.change, value: withheldText } }),
  })),
});

/** MB/s. */
const rates = ['none', '1', '2', '5', '10', '20', '40', '100'] as const;

export const settingRows = {
  language: choice(['system', 'en', 'zh-CN'], 'system', { section: 'window' }),
  theme: choice(['system', 'light', 'dark'], 'system', { section: 'window' }),
  /** For machines without their own. */
  currency: text(longestCurrency, { section: 'window', usual: usualCurrencies, initial: usualCurrency }),
  /** The user's name. The audit trail records it next to the operating system's. */
  person: text(60, { section: 'window' }),
  /** `null` until a person has chosen an adapter; then loopback only. */
  machineListen: changedElsewhere(address.nullable(), null),
  updateListen: changedElsewhere(address.nullable(), null),
  /** Address for android's notices about commands; `null`: none. */
  noticeListen: changedElsewhere(address.nullable(), null),
  /** A listener on one of them listens on all of them. */
  adapters: changedElsewhere(z.array(chosenAdapter).max(mostAdapters), []),
  /** Rate of package downloads. At 40 MB/s, answers to heartbeats are as fast as without a download (performance.md). */
  rateInAll: choice(rates, '40', { section: 'listen' }),
  ratePerMachine: choice(rates, 'none', { section: 'listen' }),
  /** The default port until an address is chosen. Older data folders keep the former one. */
  usualPort: changedElsewhere(z.int().min(1).max(65_535), formerPort),
  /** Outbound connections, one per machine. */
  dials: changedElsewhere(z.array(dialTarget).max(mostDials), []),
  /** Relaying of machines to their real server. */
  relay: { ...changedElsewhere(relaySchema, noRelay), handedOn: relayHandedOn },
  /** `null`: every machine is served. */
  directLink: changedElsewhere(directLinkSchema, null),
  /** Retention of the journal. */
  retention: ownForm(
    z.strictObject({
      days: z.int().min(days.min).max(days.max),
      bytes: z.int().min(bytes.min).max(bytes.max),
    }),
    { days: 30, bytes: 2_000_000_000 },
    { section: 'journal' },
  ),
  /** Errors with desktop notifications. Conditions that are not errors, such as an open door, never have one. */
  notices: choice(['all', 'fatal', 'none'], 'all', { section: 'notices' }),
  /** Daily time without notifications, possibly over midnight; `null`: none. */
  quietHours: ownForm(z.strictObject({ from: timeOfDay, to: timeOfDay }).nullable(), null, {
    section: 'notices',
  }),
  /** The workshop's error entries, by `errorKey`. Edited where a code is shown, and in the catalogue. */
  ownErrors: ownForm(ownErrorsSchema, {}),
  /** The workshop's product list, by number. */
  ownProducts: ownForm(ownProductsSchema, {}),
} as const;

export type Settings = SettingValues<typeof settingRows>;
export const defaultSettings: Settings = defaultsOf(settingRows);

/** The addresses before a person chooses: unreachable from the network. */
export const defaultListen = {
  /** A machine appends this port to an address without one [field]. */
  machines: { host: '127.0.0.1', port: 4567 },
  updates: { host: '127.0.0.1', port: 12345 },
  /** Only proposed: the default target of machines [field]. */
  notices: { host: '127.0.0.1', port: 80 },
} as const;

/** The settings of a new data folder. */
export const firstSettings: Settings = { ...defaultSettings, usualPort: defaultListen.machines.port };

/** The address of the machine server. */
export const machineListenOf = ({
  machineListen,
  usualPort,
}: Pick<Settings, 'machineListen' | 'usualPort'>): { readonly host: string; readonly port: number } =>
  machineListen ?? { host: defaultListen.machines.host, port: usualPort };
