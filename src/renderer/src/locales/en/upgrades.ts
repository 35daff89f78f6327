/** Upgrade packages and how machines fetch them. */
import type { AndroidPackageType, FileError, PackagePathStyle, Staging } from '#shared/model/upgrade';
import type { VersionDoubt } from '#shared/model/knownVersions';

export const upgrades = {
  upgrades: {
    title: 'Upgrades',
    lead: 'A machine downloads the package from this computer, installs it and restarts.',
    choose: 'Choose ZIP…',
    packages: 'Packages',
    none: 'No package yet',
    unread: 'The packages can’t be read',
    noneText:
      'Choose or drop the vendor’s ZIP or update.xml. A folder with both can be dropped too. Crema checks every file, copies it, and offers it to the machines you choose.',
    staging: {
      copying: 'Copying {{file}}',
      checking: 'Checking {{file}}',
      exporting: 'Saving {{file}}',
    } satisfies Record<Staging['phase'], string>,
    stagingProgress: 'Reading the file',
    bytesOf: '{{done}} of {{total}}',
    rate: '{{rate}}/s',
    left: '{{time}} left',
    ready: 'ready',
    error: {
      gone: 'Crema’s copy is gone from the data folder, so machines can’t download it. Choose the package’s ZIP again to repair it.',
      goneShort: 'copy missing',
      changed:
        'Crema’s copy is damaged, so it is not given to machines. Choose the package’s ZIP again to repair it. Check whether a security program changes files, or the disk fails.',
      changedShort: 'copy damaged',
      unreadable:
        'Crema’s copy can’t be read, so machines can’t download it. Check the disk and the permissions of the data folder.',
      unreadableShort: 'copy unreadable',
    } satisfies Record<FileError | `${FileError}Short`, string>,
    missing: {
      platform: 'Choose the machines that this package is for.',
      version: 'Enter the version of this package.',
      platformShort: 'Program missing',
      versionShort: 'Version missing',
    },
    version: 'New version',
    frozen:
      'Machines were or will be notified of this package. It can be changed when their upgrades have ended.',
    versionNote:
      'As the machine reports it at login. Only a login with exactly this version confirms the upgrade.',
    versionPlaceholder: 'such as 1.2.8.9',
    versionLine: 'version {{version}}',
    platform: 'For',
    platformNote: 'The machine’s page shows which program it runs.',
    androidType: 'Content',
    androidTypes: {
      app: 'app: the machine program',
      menu: 'menu',
      recipe: 'recipes',
      io: 'io: I/O board firmware',
      ice: 'ice: ice maker firmware',
      none: 'screen saver image',
    } satisfies Record<AndroidPackageType | 'none', string>,
    androidTypeNote: 'The machine receives this type and unpacks the ZIP accordingly.',
    androidTypeUnproved:
      'A login reports only the versions of the app and the I/O board. For this package Crema sees only the download. Check at the machine whether it is in use.',
    typedChecksum: 'the entered checksum',
    size: 'Size',
    unpacked_one: '{{count, number}} file, {{size}} unpacked',
    unpacked_other: '{{count, number}} files, {{size}} unpacked',
    contents: 'Contents',
    added: 'Added',
    sha256: 'SHA-256',
    md5: 'MD5',
    pathStyle: 'Path in update.xml',
    pathStyles: {
      absolute: 'Full address',
      rooted: 'From the root',
      bare: 'File name',
    } satisfies Record<PackagePathStyle, string>,
    pathStyleNote:
      'How update.xml names the package. Change it only if a machine downloads update.xml and then nothing.',
    remove: 'Remove',
    removeAsk: 'Remove {{file}} from Crema? Your original ZIP stays where it is.',
    machines: 'Machines by version',
    machinesFor: 'Machines for {{what}}',
    doneOf: '{{done, number}} of {{machines, number}} confirmed',
    upgrading: 'upgrading',
    toUpgrade: 'not started',
    noMachines: 'No machine has logged in yet.',
    groupBy: 'Group machines by',
    groups: { version: 'Version', place: 'Place' },
    by: { version: 'Machines by version', place: 'Machines by place' },
    placeUnknown: 'no place',
    online_one: '{{count, number}} online',
    online_other: '{{count, number}} online',
    machinesNone: 'Choose a package first.',
    noFit: 'No {{platform}} machine is known.',
    others_one: '{{count, number}} other machine runs another program or has not reported one.',
    others_other: '{{count, number}} other machines run another program or have not reported one.',
    allOlder: 'All without {{version}}',
    runsAlready: 'already installed',
    versionUnknown: 'version unknown',
    versionDoubt: {
      fetched: 'package downloaded {{time}}, not restarted since',
      fetchedAfter: 'was {{version}}; package downloaded {{time}}, not restarted since',
      sent: 'upgrade sent {{time}}, not restarted since',
      sentAfter: 'was {{version}}; upgrade sent {{time}}, not restarted since',
    } satisfies Record<VersionDoubt['why'] | `${VersionDoubt['why']}After`, string>,
    send_one: 'Upgrade {{count, number}} machine…',
    send_other: 'Upgrade {{count, number}} machines…',
    sendNone: 'Upgrade machines',
    chooseMachines: 'Choose at least one machine.',
    rollouts: 'Rollouts',
    rolloutsNone:
      'No rollouts yet. Choose a package, choose machines by version, and start with one of them.',
    record: 'Machines and report',
    moreTroubles_one: 'and {{count, number}} more',
    moreTroubles_other: 'and {{count, number}} more',
    retry_one: 'Try {{count, number}} again',
    retry_other: 'Try {{count, number}} again',
    retryAsk:
      'A new rollout starts with the machines that failed or were stopped, with the same package and waves. Each restarts and can’t sell meanwhile.',
    back: {
      open: 'Roll back…',
      title: 'Roll back to the versions before “{{what}}”',
      looking: 'Looking up each machine’s earlier package',
      gets_one: '{{count, number}} machine gets {{what}} again:',
      gets_other: '{{count, number}} machines get {{what}} again:',
      ask_one:
        'The machine downloads its earlier package, installs it and restarts. It can’t sell meanwhile.',
      ask_other:
        '{{count, number}} machines download their earlier package in the same waves, install it and restart. They can’t sell meanwhile.',
      none: 'No machine of this rollout can be rolled back.',
      go_one: 'Roll back {{count, number}} machine',
      go_other: 'Roll back {{count, number}} machines',
    },
    progress: 'Machine by machine',
    progressNone:
      'No upgrade has been sent yet. Each machine is shown here until it logs in with the new version.',
    progressUnreadable: 'The upgrades sent so far can’t be read',
    older: 'Show older',
    column: {
      machine: 'Machine',
      version: 'To version',
      stage: 'State',
      time: 'Started',
      took: 'Duration',
    },
    stage: {
      waiting: 'waiting to be sent',
      sent: 'Notified, not downloaded yet',
      sentPerhaps: 'Possibly notified, not downloaded yet',
      fetching: 'downloading',
      broken: 'download interrupted; it may resume',
      refused: 'requested; this computer answered {{status}}',
      fetched: 'downloaded; installing',
      restarting: 'disconnected; may be restarting',
      cameBack: 'reconnected with {{version}}, as before',
      notApplied: 'not installed: restarted with {{version}}, as before',
      otherVersion: 'logged in with {{version}}',
      back: 'reconnected; the login does not report whether it is in use',
      runs: 'running {{version}}',
      reportedDone: 'accepted; nothing more is reported',
      failed: 'failed',
      unheard: 'no data',
      unproved: 'no login with {{version}} in time',
      unseen: 'downloaded; the login does not report whether it is in use',
      unfetched: 'not completely downloaded in time',
      replaced: 'replaced: sent again',
      unsent: 'did not connect in time',
      takenBack: 'withdrawn',
    },
    ranThen: 'was running {{version}}',
    toVersion: 'to {{version}}',
    proved: 'confirmed by login',
    steps: 'Steps',
    showSteps: 'Steps of machine {{vmcNo}}',
    evidence: 'Show the frame',
    noFrame: 'The machine is no longer on the list.',
    transfer: 'Download by machine {{vmcNo}}',
    stuck: {
      sent: 'Nothing downloaded for {{time}}. Test below the heading whether the machine can reach this computer. If it can, restart the machine and upgrade again.',
      fetching:
        'No progress for {{time}}. Check the machine’s network. A stalled download ends after a minute.',
      broken:
        'No progress for {{time}}. The machine may retry by itself. If not, restart it and upgrade again.',
      refused: 'The machine requested it at {{at}}, and this computer answered {{status}}: {{why}}',
      fetched:
        'No restart for {{time}}. Large packages take minutes. If nothing happens, check the machine’s screen.',
      restarting: 'Offline for {{time}}. Check its power, screen and network.',
      unheard:
        'No data for {{time}}. Check its power, screen and network. Its next login shows which version runs.',
      cameBack:
        'Unchanged for {{time}}. No report shows whether the machine restarted. Restart it. If nothing changes, upgrade again.',
      notApplied:
        'The package was completely downloaded {{time}} ago or more, but is not running. Check that it is for this model, then upgrade again.',
      otherVersion:
        'Compare it with the version entered for the package. One of the two is wrong, or another person upgraded the machine.',
    },
    refusal: {
      gone: 'the package’s file is gone from the data folder. Add the package again, then upgrade again.',
      spoilt:
        'the package’s file has changed since it was added. Add the package again, then upgrade again. Check whether a security program changes files, or the disk fails.',
      unreadable:
        'the package’s file can’t be read. Check the disk and the permissions of the data folder, then upgrade again.',
      another: 'the machine wants to resume another package. Restart the machine, then upgrade again.',
      beyond:
        'the machine wants to resume beyond the end of this package. Restart it. If it does not log in with the new version, upgrade again.',
    },
    resumedFrom: 'resumed from {{from}}',
    test: {
      again: 'Test downloads',
      fine: 'Downloads through {{where}} work on this computer. Crema can’t test from here whether a firewall lets machines in.',
      machines_one: '{{count, number}} machine is connected through it.',
      machines_other: '{{count, number}} machines are connected through it.',
      problem: {
        notBound:
          'No answer at {{where}}: Crema offers downloads at another address. Listen there, or on all adapters, under Settings.',
        refused:
          'The connection to {{where}} was refused although Crema is listening there. A security program may block it. Allow Crema, or choose another port under Settings.',
        timeout:
          'No answer from {{where}}: a firewall of this computer may block it. Allow Crema; Connect has the steps and commands.',
        otherServer:
          'Another program answers at {{where}} ({{detail}}), such as a proxy or a forwarded port. Close it, or choose another port under Settings.',
        failed: 'The download from {{where}} failed ({{detail}}).',
      },
    },
    visitors: {
      title: 'Other requests',
      lead: 'Download requests that match no upgrade. Nothing was sent.',
      clear: 'Clear',
      machine: 'machine {{vmcNo}}',
      more: 'and {{more}} more',
      many: 'many different requests',
      nothing: 'connected without a request in time',
      times: '× {{count, number}}',
      answer: {
        malformed: 'not understood',
        nothing: 'not found',
        method: 'not allowed',
        late: 'timed out',
        long: 'too long',
      },
    },
    limits: {
      all: 'Downloads are limited to {{all}} MB/s in all.',
      machine: 'Downloads are limited to {{machine}} MB/s per machine.',
      both: 'Downloads are limited to {{all}} MB/s in all, {{machine}} MB/s per machine.',
      change: 'Change',
    },
    blocked: {
      off: 'Crema is not listening for downloads, so machines can’t download packages.',
      loopback:
        'Downloads are offered to this computer only ({{where}}). Machines on the network can’t download them.',
      elsewhere:
        'Machines connect to {{machines}}, but downloads are offered on {{where}}. They may not reach it.',
      listen: 'Offer downloads on {{host}}',
      listenAll: 'Offer downloads on all adapters',
      listenAsk: 'Other devices on that network will be able to download packages offered to machines.',
      settings: 'Open Settings',
    },
  },
} as const;
