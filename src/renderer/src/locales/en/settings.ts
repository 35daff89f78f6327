/** Settings of Crema and of a machine: one entry per key. */
import { codeLength, longestName, longestNotes, longestTemplate, longQr, photoLimits } from '#shared/limits';
import type { machineSettingRows } from '#shared/model/machineSettings';
import type { Control, SettingRows, SettingSection } from '#shared/model/settingRow';
import { retentionLimits } from '#shared/model/settings';
import type { settingRows } from '#shared/model/settings';
import type { LostKey } from '#shared/model/settingsLoss';

/** The texts that a control needs. Its form or its screen may add others. */
type TextsOf<C extends Control> = C extends { readonly kind: 'choice' }
  ? {
      readonly title: string;
      readonly note?: string;
      readonly value: Readonly<Record<C['values'][number], string>>;
      /** Below the control while that value is chosen. */
      readonly valueNote?: Readonly<Partial<Record<C['values'][number], string>>>;
      /** The question before that value is set, and its button. */
      readonly ask?: Readonly<Record<C['asks'][number], string>>;
      readonly yes?: Readonly<Record<C['asks'][number], string>>;
    }
  : C extends { readonly kind: 'form' }
    ? unknown
    : { readonly title: string; readonly note?: string };
type TextsOfRows<Rows extends SettingRows> = {
  readonly [
    Key in keyof Rows as Rows[Key]['control'] extends { readonly kind: 'none' } ? never : Key
  ]: TextsOf<Rows[Key]['control']> & Readonly<Record<string, unknown>>;
};

const { days, bytes } = retentionLimits;

export const settings = {
  settings: {
    title: 'Settings',
    section: {
      window: 'Language · Appearance',
      listen: 'Where Crema listens',
      notices: 'Notifications',
      journal: 'Records',
      products: 'Products of the workshop',
    } satisfies Record<SettingSection, string>,
    listenMachines: 'For machines (TCP)',
    listenUpdates: 'For upgrade downloads (HTTP)',
    listenNotices: 'For android’s reports of commands (HTTP)',
    listenStop: 'Stop listening',
    noticesNote:
      'An android machine reports over HTTP whether it accepts a command. It uses port 80 of the address it connects to, unless its program is set otherwise. Only signed reports from the address of the machine’s connection count. Without reports Crema relies on the frames that the machine sends.',
    lowPort:
      'Port {{port}} may need an administrator. Where it is refused, listen on {{instead}} and have the router or the firewall lead port {{port}} there.',
    lowPortLinux:
      'Port {{port}} needs rights on Linux. Where it is refused, let every program have it (first line, until the next start of the computer), or listen on {{instead}} and lead port {{port}} there (second line).',
    listenAddress: 'Address',
    listenApply: 'Listen here',
    hostWrong: 'An IPv4 or IPv6 address, such as 192.168.1.20',
    openToNetwork: 'Other devices on that network will be able to reach it.',
    about: 'About',
    version: 'Version',
    testBuild: 'test build with an old runtime, only for trying out',
    runsOn: 'Runs on',
    status: {
      off: 'Off',
      listening: 'Listening on {{where}} for {{time}}',
      waiting: 'Waiting for the adapter with {{where}} to come back',
      failed: 'Failed on {{where}}: {{detail}}',
    },
  },
  setting: {
    language: {
      title: 'Language',
      value: { system: 'Same as the system ({{name}})', en: 'English', 'zh-CN': '中文' },
      fromSwitch:
        'Crema was started with --lang {{name}}; that wins until it is closed. Your choice here is remembered.',
    },
    theme: {
      title: 'Appearance',
      value: { system: 'System', light: 'Light', dark: 'Dark' },
    },
    currency: {
      title: 'Currency',
      placeholder: '¥',
      note: 'What amounts are shown in: a sign (¥, €, HK$) or a code (CHF). Machines never say it. One machine can have another, in its own settings.',
    },
    rateInAll: {
      title: 'Downloads, all together (MB/s)',
      value: { none: 'No limit', 1: '1', 2: '2', 5: '5', 10: '10', 20: '20', 40: '40', 100: '100' },
      note: 'Upgrades leave room on the site’s network and for heartbeats. Machines that download at the same time share this evenly.',
    },
    ratePerMachine: {
      title: 'Downloads, each machine (MB/s)',
      value: { none: 'No limit', 1: '1', 2: '2', 5: '5', 10: '10', 20: '20', 40: '40', 100: '100' },
      note: 'However many connections it opens.',
    },
    retention: {
      days: 'Keep for (days)',
      gigabytes: 'Keep at most (GB)',
      apply: 'Apply',
      wrong: `Days from ${days.min} to ${days.max}, gigabytes from ${bytes.min / 1e9} to ${bytes.max / 1e9}.`,
    },
    notices: {
      title: 'Desktop notifications of new errors',
      value: { all: 'Every new error', fatal: 'Critical errors only', none: 'None' },
      note: 'Once for each new error, with its words; a click opens it. Not for open doors and the like. Single machines and codes are muted in their own settings and in the own catalogue.',
    },
    person: {
      title: 'Your name',
      placeholder: 'As the computer calls you',
      note: 'The audit trail says who did something: your name beside the computer’s user name.',
    },
    quietHours: {
      title: 'Quiet hours',
      on: 'Quiet hours',
      from: 'From',
      to: 'To',
      note: 'What comes meanwhile stands in the list and is not told later.',
    },
    ownErrors: {
      title: 'Own entries of the error catalogue',
    },
    ownProducts: {
      title: 'Products of the workshop',
    },
  } satisfies TextsOfRows<typeof settingRows>,
  /** Damaged parts of the settings file. */
  settingsLoss: {
    some: 'Some settings could not be read: {{what}}. Crema uses the default values.',
    fromCopy: 'The settings file was damaged. Crema uses its copy for: {{what}}.',
    fromCopyAll: 'The settings file was damaged or missing. Crema uses its copy.',
    unsure: 'The settings file and its copy were both damaged and differ in: {{what}}. Check these settings.',
    unproven: 'The settings file was damaged, and no copy confirms its values. Check the settings.',
    whole: 'The settings file was damaged. Crema restored it, and no setting is lost.',
    all: 'The settings could not be read ({{detail}}). Names and verification codes of machines, the addresses Crema listens on and all other settings are as at the first start.',
    kept: 'The file is kept as {{file}}.',
    notKept: 'The file could not be put aside ({{detail}}), and is not written over until it can.',
    understood: 'Understood',
    ofMachine: 'machine {{machine}}: {{what}}',
    more_one: '{{count}} more',
    more_other: '{{count, number}} more',
    key: {
      language: 'language',
      theme: 'appearance',
      currency: 'currency',
      person: 'your name',
      machineListen: 'the address for machines',
      updateListen: 'the address for upgrade downloads',
      adapters: 'the adapters that were chosen for machines',
      noticeListen: 'the address for android’s reports',
      dials: 'machines that Crema calls',
      relay: 'the relay and its rules',
      rateInAll: 'the limit of all downloads together',
      ratePerMachine: 'the limit of each machine’s downloads',
      directLink: 'the direct link',
      retention: 'how long records are kept',
      name: 'name',
      place: 'place',
      model: 'model',
      notes: 'notes',
      photo: 'photo',
      doorSpelling: 'spelling of the door command',
      platform: 'machine program',
      head: 'frame head',
      replyProfile: 'answers',
      qrAnswers: 'payment rehearsal',
      payDelay: 'delay of rehearsed payments',
      qrTemplate: 'template for QR texts',
      usualPort: 'the port offered for machines',
      signPolicy: 'what a wrong sign does',
      code: 'verification code',
      all: 'all settings',
      machines: 'names and settings of all machines',
      codes: 'verification codes of all machines',
      window: 'the place of the window',
      notices: 'desktop notifications',
      quietHours: 'quiet hours',
      ownErrors: 'your own entries of the error catalogue',
      ownProducts: 'the workshop’s list of products',
    } satisfies Record<LostKey, string>,
  },
  machineSetting: {
    name: {
      title: 'Name',
      placeholder: 'Add a name',
      note: `Shown beside the number. Up to ${longestName} characters.`,
    },
    place: {
      title: 'Place',
      placeholder: 'Building, floor, town',
      note: 'Where it stands. The overview can group by it, so write it the same way for machines that belong together. Empty by default.',
    },
    model: {
      title: 'Model',
      placeholder: 'As its login says',
      note: 'Some programs tell it at login, many do not. What you write here is shown instead.',
      seen: 'The login says: {{model}}.',
      unseen: 'Its login has not told one.',
    },
    notes: {
      title: 'Notes',
      placeholder: 'Key, contact, opening hours, what to bring',
      note: `For whoever comes next; sent nowhere. Up to ${longestNotes} characters.`,
    },
    platform: {
      title: 'Machine program',
      note: 'linux is the older program the vendor’s document describes; android the newer one (JL15, JL30, JL32…). Crema reads it from the login; set it only if that is wrong.',
      value: { auto: 'By its login', linux: 'linux', android: 'android' },
      seen: 'The login says: {{platform}}.',
      unseen: 'No login has told it yet.',
    },
    head: {
      title: 'Frame head',
      note: 'Crema answers with the head the machine used. Fix one only for a machine that does not understand the answer.',
      value: { auto: 'As it came', decimal: 'decimal', le48: 'le48 (+48 bytes)' },
    },
    replyProfile: {
      title: 'Answers',
      value: { extended: 'Everything', document: 'Document only' },
      valueNote: {
        extended:
          'Also acknowledges orders and errors. Real machines want that: linux repeats an order every 3 s until it is acknowledged, android sends it again for days.',
        document:
          'Only what the vendor’s document defines; a heartbeat is answered without the machine number. android machines ignore that answer.',
      },
    },
    doorSpelling: {
      title: 'Door command',
      value: { auto: 'Not fixed', opendoor: 'opendoor', 'door open': 'door open' },
      valueNote: {
        auto: 'opendoor is sent; if the door stays shut, the other spelling is offered. Fix one once you know which opens this machine.',
        opendoor: 'Always sent as “opendoor”.',
        'door open': 'Always sent as “door open”.',
      },
      note: 'linux programs differ in how they spell it. android programs know one form only and are not concerned.',
    },
    currency: {
      title: 'Currency',
      placeholder: 'As for all machines: {{currency}}',
      note: 'What amounts of this machine are shown in. Empty: as under Settings.',
    },
    qrAnswers: {
      title: 'Payment rehearsal',
      value: {
        auto: 'Off',
        hand: 'By hand',
        approve: 'Approve',
        decline: 'Decline',
        delay: 'Pay late',
        silent: 'No answer',
      },
      valueNote: {
        auto: 'Each QR request gets its text at once; the payment is told when you say so under Orders.',
        hand: 'A QR request waits until you answer it under Orders. The machine asks again after 8 s, and gives up if that takes too long.',
        approve: 'The QR text goes out at once, and 3 s later the machine is told that it is paid.',
        decline: 'The QR text goes out at once, and 3 s later the machine is told that it is not paid.',
        delay: 'The QR text goes out at once; that it is paid is told later, after the time below.',
        silent: 'QR requests get no answer at all, as if the payment service were down.',
      },
      note: 'Crema plays the payment service. No money moves, and rehearsed orders are never counted as money.',
    },
    payDelay: {
      title: 'Paid after',
      unit: 's',
      note: 'Seconds from the QR request to the payment, 1 to 600.',
    },
    qrTemplate: {
      title: 'Template for QR texts',
      placeholder: 'Crema’s test text',
      note: `{order}, {amount}, {product}, {machine} and {type} are filled in. Up to ${longestTemplate} characters; what a template says leaves this computer in no support file.`,
      example: 'Becomes, for example: {{text}} ({{length}} of {{max}} characters)',
      long: `{{length}} characters in the example: over ${longQr} the machine may not show the code.`,
      stranger: 'Not filled in, stays as it is: {{names}}',
    },
    notices: {
      title: 'Notifications',
      note: 'Desktop notifications of new errors of this machine.',
      value: { on: 'As set for all', off: 'None for this machine' },
    },
    signPolicy: {
      title: 'If the sign is wrong',
      value: { auto: 'By the code', ignore: 'Ignore', warn: 'Warn', enforce: 'Refuse' },
      valueNote: {
        auto: 'Warn when a code is stored, otherwise ignore.',
        ignore: 'A wrong sign is noted on the login frame and nothing more.',
        warn: 'A finding on the login frame; the machine notices nothing.',
        enforce: 'The login is answered with ret 1 and the connection is closed.',
      },
      ask: {
        enforce:
          'A linux machine that is refused switches its network off until someone restarts it. Refuse wrong signs all the same?',
      },
      yes: { enforce: 'Refuse wrong signs' },
      noCode: 'Without a stored code nothing can be refused.',
    },
  } satisfies TextsOfRows<typeof machineSettingRows>,
  machineDefault: 'Default: {{value}}.',
  machinePhoto: {
    title: 'Photo',
    note: `So that whoever comes next finds it. It is made smaller than ${photoLimits.pixels} × ${photoLimits.pixels} points, loses what the camera noted (place, time), and stays in Crema’s data folder. None by default.`,
    of: 'Photo of machine {{vmcNo}}',
    choose: 'Choose a picture…',
    change: 'Other picture…',
    remove: 'Remove the photo',
    noPicture: 'This file can’t be read as a picture. JPEG, PNG, WebP and GIF can.',
    tooBig: `This file is larger than ${photoLimits.picked / 1e6} MB.`,
  },
  machineCode: {
    title: 'Verification code',
    note: 'The 8 characters typed into the machine beside its number. Crema can compare them with the sign in the login.',
    newCode: 'New code, 8 characters',
    length: `The code has ${codeLength} characters; this has {{count}}.`,
    spaces: 'The code has no spaces in it.',
    store: 'Store code',
    remove: 'Remove code',
    stored: {
      none: 'No code is stored.',
      keyStore: 'A code is stored in this computer’s key store. It can’t be shown again.',
      memory: 'A code is kept in memory until Crema ends: this computer offers no key store.',
    },
  },
} as const;
