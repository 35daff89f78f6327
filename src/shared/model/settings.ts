/** What a person has chosen for Crema, and what is remembered for the next start. One row each. */
import { z } from 'zod';
import { longestCurrency, usualCurrencies, usualCurrency } from './currency';
import { chosenAdapter, mostAdapters } from './chosenAdapters';
import { dialTarget, mostDials } from './dial';
import { directLinkSchema } from './directLink';
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
/** Until machines were seen to append another. */
const formerPort = 9700;

/** A rule may look for an order, and answer with a payment text: neither is on record, so neither would be replaced. */
const relayHandedOn = (relay: RelaySettings): RelaySettings => ({
  ...relay,
  rules: relay.rules.map((rule) => ({
    ...rule,
    filter: rule.filter === '' ? '' : withheldText,
    answer: rule.answer === '' ? '' : withheldText,
  })),
});

/** MB/s. */
const rates = ['none', '1', '2', '5', '10', '20', '40', '100'] as const;

export const settingRows = {
  language: choice(['system', 'en', 'zh-CN'], 'system', { section: 'window' }),
  theme: choice(['system', 'light', 'dark'], 'system', { section: 'window' }),
  /** Of machines that have none of their own. */
  currency: text(longestCurrency, { section: 'window', usual: usualCurrencies, initial: usualCurrency }),
  /** Of whoever works with it: the audit trail has it beside the operating system's. */
  person: text(60, { section: 'window' }),
  /** `null` until the person has chosen an adapter: then loopback only. */
  machineListen: changedElsewhere(address.nullable(), null),
  updateListen: changedElsewhere(address.nullable(), null),
  /** Where android reports what it makes of commands; `null`: nowhere. */
  noticeListen: changedElsewhere(address.nullable(), null),
  /** Where one of them is listened on, all are. */
  adapters: changedElsewhere(z.array(chosenAdapter).max(mostAdapters), []),
  /** How fast packages go out. At 40 MB/s the answers to heartbeats wait no longer than without a download (performance.md). */
  rateInAll: choice(rates, '40', { section: 'listen' }),
  ratePerMachine: choice(rates, 'none', { section: 'listen' }),
  /** Offered until an address was chosen. A data folder from before it was stored keeps what it was then. */
  usualPort: changedElsewhere(z.int().min(1).max(65_535), formerPort),
  /** Machines that Crema calls, one connection each. */
  dials: changedElsewhere(z.array(dialTarget).max(mostDials), []),
  /** Machines are passed on to their real server. */
  relay: { ...changedElsewhere(relaySchema, noRelay), handedOn: relayHandedOn },
  /** `null`: every machine is served. */
  directLink: changedElsewhere(directLinkSchema, null),
  /** How much of the journal is kept. */
  retention: ownForm(
    z.strictObject({
      days: z.int().min(days.min).max(days.max),
      bytes: z.int().min(bytes.min).max(bytes.max),
    }),
    { days: 30, bytes: 2_000_000_000 },
    'journal',
  ),
  /** Of which new errors the desktop tells; never of what is no trouble, such as an open door. */
  notices: choice(['all', 'fatal', 'none'], 'all', { section: 'notices' }),
  /** Nobody is told between these times of the day, which may lie around midnight; `null`: there are none. */
  quietHours: ownForm(z.strictObject({ from: timeOfDay, to: timeOfDay }).nullable(), null, 'notices'),
  /** What the workshop says of error codes itself, by `errorKey`. Drawn where the code is shown, and by the catalogue. */
  ownErrors: ownForm(ownErrorsSchema, {}, 'journal'),
  /** What the workshop says of products itself, by their numbers. */
  ownProducts: ownForm(ownProductsSchema, {}, 'products'),
} as const;

export type Settings = SettingValues<typeof settingRows>;
export const defaultSettings: Settings = defaultsOf(settingRows);

/** Where we listen before anyone chose: nobody on the network can reach it. */
export const defaultListen = {
  /** A machine appends this port where only an address is typed [field]. */
  machines: { host: '127.0.0.1', port: 4567 },
  updates: { host: '127.0.0.1', port: 12345 },
  /** Proposed only: where a machine calls unless its program is set otherwise [field]. */
  notices: { host: '127.0.0.1', port: 80 },
} as const;

/** Those of a new data folder. */
export const firstSettings: Settings = { ...defaultSettings, usualPort: defaultListen.machines.port };

/** Where machines are listened for. */
export const machineListenOf = ({
  machineListen,
  usualPort,
}: Pick<Settings, 'machineListen' | 'usualPort'>): { readonly host: string; readonly port: number } =>
  machineListen ?? { host: defaultListen.machines.host, port: usualPort };
