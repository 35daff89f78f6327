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
    search: 'Search settings',
    clearSearch: 'Clear search',
    found: '{{count, number}} results for “{{typed}}”',
    nothing: 'No setting matches. Try a single word.',
    page: {
      window: 'General',
      listen: 'Listening',
      notices: 'Notifications',
      journal: 'Records',
      products: 'Products',
      sites: 'Sites',
      computer: 'This computer',
      about: 'About',
    } satisfies Record<SettingSection | 'sites' | 'computer' | 'about', string>,
    listenMachines: 'For machines (TCP)',
    listenUpdates: 'For upgrade downloads (HTTP)',
    listenNotices: 'For command reports of Android machines (HTTP)',
    listenStop: 'Stop listening',
    noticesNote:
      'An Android machine reports over HTTP whether it accepts a command. It uses port 80 of the address it connects to, unless its program is set otherwise. Only signed reports from the address of the machine’s connection count. Without reports Crema relies on the frames that the machine sends.',
    lowPort:
      'Port {{port}} may need administrator rights. If it is refused, listen on {{instead}} and let the router or firewall redirect port {{port}} there.',
    lowPortLinux:
      'Port {{port}} needs rights on Linux. If it is refused, open the port to all programs until the next restart (first line). Or listen on {{instead}} and redirect port {{port}} there (second line).',
    listenAddress: 'Address',
    listenApply: 'Listen here',
    hostWrong: 'Enter an IPv4 or IPv6 address, such as 192.168.1.20',
    openToNetwork: 'Other devices on that network will be able to reach it.',
    version: 'Version',
    testBuild: 'test build with an old runtime, for trials only',
    runsOn: 'Runs on',
    status: {
      off: 'Off',
      listening: 'Listening on {{where}} for {{time}}',
      waiting: 'Waiting for the adapter with {{where}}',
      failed: 'Failed on {{where}}: {{detail}}',
    },
  },
  setting: {
    language: {
      title: 'Language',
      value: { system: 'Same as the system ({{name}})', en: 'English', 'zh-CN': '中文' },
      fromSwitch:
        'Crema was started with --lang {{name}}, which applies until it is closed. Your choice is stored for the next start.',
    },
    theme: {
      title: 'Appearance',
      value: { system: 'System', light: 'Light', dark: 'Dark' },
    },
    currency: {
      title: 'Currency',
      placeholder: '¥',
      note: 'Unit of amounts: a sign (¥, €, HK$) or a code (CHF). Machines do not report it. A machine can have its own currency in its settings.',
    },
    rateInAll: {
      title: 'All downloads together (MB/s)',
      value: { none: 'No limit', 1: '1', 2: '2', 5: '5', 10: '10', 20: '20', 40: '40', 100: '100' },
      note: 'A limit leaves bandwidth for the site’s network and for heartbeats. Machines that download at the same time share it evenly.',
    },
    ratePerMachine: {
      title: 'Downloads per machine (MB/s)',
      value: { none: 'No limit', 1: '1', 2: '2', 5: '5', 10: '10', 20: '20', 40: '40', 100: '100' },
      note: 'Regardless of the machine’s number of connections.',
    },
    retention: {
      title: 'Retention',
      days: 'Keep for (days)',
      gigabytes: 'Keep at most (GB)',
      apply: 'Apply',
      both: '{{days}} days, {{gigabytes}} GB',
      wrong: `Days from ${days.min} to ${days.max}, gigabytes from ${bytes.min / 1e9} to ${bytes.max / 1e9}.`,
    },
    notices: {
      title: 'Desktop notifications of new errors',
      value: { all: 'Every new error', fatal: 'Critical errors only', none: 'None' },
      note: 'One notification for each new error, with its description; a click opens it. Open doors and similar states are not notified. Single machines and codes can be muted in their own settings and in the own catalogue.',
    },
    person: {
      title: 'Your name',
      placeholder: 'Name shown in the audit trail',
      note: 'The audit trail shows this name beside the computer’s user name.',
    },
    quietHours: {
      title: 'Quiet hours',
      on: 'Quiet hours',
      from: 'From',
      to: 'To',
      note: 'Errors in this time are listed, but not notified later.',
    },
    ownErrors: {
      title: 'Own entries of the error catalogue',
    },
    ownProducts: {
      title: 'Products',
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
    all: 'The settings could not be read ({{detail}}). Machine names, verification codes, listening addresses and all other settings are as at the first start.',
    kept: 'The file is kept as {{file}}.',
    notKept: 'The file could not be moved aside ({{detail}}), and is not overwritten until it can.',
    understood: 'Dismiss',
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
      adapters: 'the adapters chosen for machines',
      noticeListen: 'the address for reports of Android machines',
      dials: 'machines that Crema connects to',
      relay: 'the relay and its rules',
      rateInAll: 'limit of all downloads together',
      ratePerMachine: 'download limit per machine',
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
      usualPort: 'default port for machines',
      signPolicy: 'action for a wrong sign',
      code: 'verification code',
      all: 'all settings',
      machines: 'names and settings of all machines',
      codes: 'verification codes of all machines',
      window: 'position of the window',
      notices: 'desktop notifications',
      quietHours: 'quiet hours',
      ownErrors: 'own entries of the error catalogue',
      ownProducts: 'list of products',
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
      note: 'The location of the machine. Machines can be grouped by it, so write it the same way for machines of one place. Empty by default.',
    },
    model: {
      title: 'Model',
      placeholder: 'As reported at login',
      note: 'Some programs report the model at login, many do not. Your entry replaces it.',
      seen: 'Reported at login: {{model}}.',
      unseen: 'The login reported no model.',
    },
    notes: {
      title: 'Notes',
      placeholder: 'Key, contact, opening hours, what to bring',
      note: `For the next technician; not sent anywhere. Up to ${longestNotes} characters.`,
    },
    platform: {
      title: 'Machine program',
      note: 'Linux is the older program, described in the vendor’s document. Android is the newer one (JL15, JL30, JL32…). Crema reads it from the login. Set it only if that is wrong.',
      value: { auto: 'From login', linux: 'Linux', android: 'Android' },
      seen: 'Read from the login: {{platform}}.',
      unseen: 'No login received yet.',
    },
    head: {
      title: 'Frame head',
      note: 'Crema answers with the head that the machine used. Fix one only for a machine that does not understand the answers.',
      value: { auto: 'As received', decimal: 'decimal', le48: 'le48 (+48 bytes)' },
    },
    replyProfile: {
      title: 'Answers',
      value: { extended: 'Everything', document: 'Document only' },
      valueNote: {
        extended:
          'Also acknowledges orders and errors. Real machines need this: Linux repeats an order every 3 s until it is acknowledged, Android repeats it for days.',
        document:
          'Only answers of the vendor’s document; heartbeat answers lack the machine number. Android machines ignore those.',
      },
    },
    doorSpelling: {
      title: 'Door command',
      value: { auto: 'Not fixed', opendoor: 'opendoor', 'door open': 'door open' },
      valueNote: {
        auto: 'Crema sends opendoor. If the door stays closed, it offers the other spelling. Fix one when you know which works.',
        opendoor: 'Always sent as “opendoor”.',
        'door open': 'Always sent as “door open”.',
      },
      note: 'Linux programs differ in the spelling. Android programs have one form only.',
    },
    currency: {
      title: 'Currency',
      placeholder: 'As for all machines: {{currency}}',
      note: 'Unit of this machine’s amounts. Empty: as under Settings.',
    },
    qrAnswers: {
      title: 'Payment rehearsal',
      value: {
        auto: 'Off',
        hand: 'Manually',
        approve: 'Approve',
        decline: 'Decline',
        delay: 'Pay late',
        silent: 'No answer',
      },
      valueNote: {
        auto: 'Each QR request is answered immediately. You report the payment under Orders.',
        hand: 'A QR request waits for your answer under Orders. The machine repeats it after 8 s, and gives up if that takes too long.',
        approve: 'The QR text is sent immediately. 3 s later the payment is reported as made.',
        decline: 'The QR text is sent immediately. 3 s later the payment is reported as failed.',
        delay: 'The QR text is sent immediately. The payment is reported after the time below.',
        silent: 'QR requests get no answer, as if the payment service were down.',
      },
      note: 'Crema acts as the payment service. No money moves, and rehearsed orders never count as money.',
    },
    payDelay: {
      title: 'Paid after',
      unit: 's',
      note: 'Seconds from the QR request to the payment, 1 to 600.',
    },
    qrTemplate: {
      title: 'Template for QR texts',
      placeholder: 'Crema’s test text',
      note: `{order}, {amount}, {product}, {machine} and {type} are replaced by their values. Up to ${longestTemplate} characters. The template is never part of a support file.`,
      example: 'Example: {{text}} ({{length}} of {{max}} characters)',
      long: `{{length}} characters in the example: over ${longQr}, the machine may not show the code.`,
      stranger: 'Unknown, stays as it is: {{names}}',
    },
    notices: {
      title: 'Notifications',
      note: 'Desktop notifications of new errors of this machine.',
      value: { on: 'As in Settings', off: 'Off for this machine' },
    },
    signPolicy: {
      title: 'If the verification code is wrong',
      value: { auto: 'Depends on the code', ignore: 'Ignore', warn: 'Warn', enforce: 'Refuse' },
      valueNote: {
        auto: 'Warn when a code is stored, otherwise ignore.',
        ignore: 'A wrong sign is only noted on the login frame.',
        warn: 'A wrong sign is a finding on the login frame. The machine is not affected.',
        enforce: 'The login is refused (ret 1) and the connection is closed.',
      },
      ask: {
        enforce:
          'A refused Linux machine switches its network off until someone restarts it. Refuse wrong signs anyway?',
      },
      yes: { enforce: 'Refuse wrong signs' },
      noCode: 'Without a stored code, no sign can be refused.',
    },
  } satisfies TextsOfRows<typeof machineSettingRows>,
  settingDefault: 'Default: {{value}}.',
  machinePhoto: {
    title: 'Photo',
    note: `Helps the next technician find the machine. Crema reduces it to ${photoLimits.pixels} × ${photoLimits.pixels} pixels, and removes place and time. It stays in Crema’s data folder. None by default.`,
    of: 'Photo of machine {{vmcNo}}',
    choose: 'Choose a picture…',
    change: 'Other picture…',
    remove: 'Remove the photo',
    noPicture: 'This file is not a readable picture. Use JPEG, PNG, WebP or GIF.',
    tooBig: `This file is larger than ${photoLimits.picked / 1e6} MB.`,
  },
  machineCode: {
    title: 'Verification code',
    note: 'The 8 characters entered in the machine beside its number. Crema compares them with the sign of the login.',
    newCode: 'New code, 8 characters',
    show: 'Show or hide the code',
    length: `The code has ${codeLength} characters; this one has {{count}}.`,
    spaces: 'The code can’t contain spaces.',
    store: 'Store code',
    remove: 'Remove code',
    stored: {
      none: 'No code is stored.',
      keyStore: 'A code is stored in this computer’s key store. It can’t be displayed.',
      memory: 'This computer has no key store, so the code is kept in memory until Crema closes.',
    },
  },
} as const;
