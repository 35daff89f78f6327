/** Upgrade packages and how machines fetch them. */
import type { VersionDoubt } from '#shared/model/machine';
import type { AndroidPackageType, FileError, PackagePathStyle, Staging } from '#shared/model/upgrade';

export const upgrades = {
  upgrades: {
    title: 'Upgrades',
    lead: 'A machine fetches the package from this computer, installs it and restarts.',
    choose: 'Choose a ZIP…',
    packages: 'Packages',
    none: 'No package yet',
    unread: 'The packages can’t be read',
    noneText:
      'Choose the ZIP the vendor gave you or its update.xml, or drop it on the window; a folder with both can be dropped too. Crema checks every file in it, copies it, and offers it to the machines you name.',
    staging: {
      copying: 'Copying {{file}}',
      checking: 'Checking {{file}}',
      exporting: 'Saving {{file}}',
    } satisfies Record<Staging['phase'], string>,
    stagingProgress: 'Reading in the file',
    bytesOf: '{{done}} of {{total}}',
    rate: '{{rate}}/s',
    left: '{{time}} left',
    ready: 'ready',
    error: {
      gone: 'Crema’s copy is gone from the data folder, and no machine can fetch it. Choose the package’s ZIP again, which mends it.',
      goneShort: 'copy gone',
      changed:
        'Crema’s copy is damaged: it is no longer what was read in, and no machine is given it. Choose the package’s ZIP again, which mends it; look whether a security program changes files, or the disk is failing.',
      changedShort: 'copy damaged',
      unreadable:
        'Crema’s copy can’t be read, and no machine can fetch it. Look at the disk and the permissions of the data folder.',
      unreadableShort: 'copy can’t be read',
    } satisfies Record<FileError | `${FileError}Short`, string>,
    missing: {
      platform: 'Say which machines it is for.',
      version: 'Say which version it brings.',
      platformShort: 'for which machines?',
      versionShort: 'which version?',
    },
    version: 'Version it brings',
    frozen:
      'Machines are told to fetch it, or will be: nothing about it can be changed until their upgrades have ended, or nobody waits for them any longer.',
    versionNote:
      'As the machine says it at login. Only a login with exactly this version proves the upgrade.',
    versionPlaceholder: 'such as 1.2.8.9',
    versionLine: 'version {{version}}',
    platform: 'For',
    platformNote: 'The machine’s page says which program it runs.',
    androidType: 'What it is',
    androidTypes: {
      app: 'app: the machine program',
      menu: 'menu',
      recipe: 'recipes',
      io: 'io: I/O board firmware',
      ice: 'ice: ice maker firmware',
      none: 'picture for the screen saver',
    } satisfies Record<AndroidPackageType | 'none', string>,
    androidTypeNote: 'The machine is told this word and unpacks the ZIP accordingly.',
    androidTypeUnproved:
      'A login tells the versions of the app and the I/O board only. Of this package Crema sees the download; that it is in use, only a look at the machine tells.',
    typedChecksum: 'the checksum that was typed',
    size: 'Size',
    unpacked_one: '{{count, number}} file, {{size}} unpacked',
    unpacked_other: '{{count, number}} files, {{size}} unpacked',
    contents: 'In it',
    added: 'Added',
    sha256: 'SHA-256',
    md5: 'MD5',
    pathStyle: 'Path in update.xml',
    pathStyles: {
      absolute: 'Whole address',
      rooted: 'From the root',
      bare: 'File name',
    } satisfies Record<PackagePathStyle, string>,
    pathStyleNote:
      'How update.xml names the package. Change it only if a machine fetches update.xml and then nothing.',
    remove: 'Remove',
    removeAsk: 'Remove {{file}} from Crema? The ZIP you chose it from stays where it is.',
    machines: 'Machines',
    upgrading: 'upgrading',
    toUpgrade: 'not begun',
    noMachines: 'No machine has logged in yet.',
    groupBy: 'Group machines by',
    groups: { version: 'Version', place: 'Place' },
    by: { version: 'Machines by version', place: 'Machines by place' },
    placeUnknown: 'no place said',
    online_one: '{{count, number}} online',
    online_other: '{{count, number}} online',
    machinesNone: 'Choose a package first.',
    noFit: 'No {{platform}} machine is known.',
    others_one: '{{count, number}} other machine runs another program or has not said which.',
    others_other: '{{count, number}} other machines run another program or have not said which.',
    allOlder: 'All without {{version}}',
    runsAlready: 'runs it already',
    versionUnknown: 'version unknown',
    versionDoubt: {
      fetched: 'package downloaded {{time}}, no login since',
      fetchedAfter: 'was {{version}}; package downloaded {{time}}, no login since',
      sent: 'upgrade sent {{time}}, no login since',
      sentAfter: 'was {{version}}; upgrade sent {{time}}, no login since',
    } satisfies Record<VersionDoubt['why'] | `${VersionDoubt['why']}After`, string>,
    send_one: 'Upgrade {{count, number}} machine…',
    send_other: 'Upgrade {{count, number}} machines…',
    sendNone: 'Upgrade machines',
    chooseMachines: 'Choose one machine or more.',
    rollouts: 'Rollouts',
    rolloutsNone:
      'No package was rolled out yet. Choose one, choose machines by version, and start with one of them.',
    record: 'Machines and record',
    moreTroubles_one: 'and {{count, number}} more',
    moreTroubles_other: 'and {{count, number}} more',
    retry_one: 'Try {{count, number}} again',
    retry_other: 'Try {{count, number}} again',
    retryAsk:
      'A new rollout begins with the machines that failed or were stopped: the same package, in the same waves. Each restarts and does not sell meanwhile.',
    back: {
      open: 'Go back…',
      title: 'Back to what was there before “{{what}}”',
      looking: 'Looking up what each machine had before',
      gets_one: '{{count, number}} machine gets {{what}} again:',
      gets_other: '{{count, number}} machines get {{what}} again:',
      ask_one:
        'The machine is told to fetch its earlier package, installs it and restarts. It does not sell meanwhile.',
      ask_other:
        '{{count, number}} machines are told to fetch their earlier package, in the same waves, install it and restart. They do not sell meanwhile.',
      none: 'No machine of this rollout can get back what it had.',
      go_one: 'Go back on {{count, number}} machine',
      go_other: 'Go back on {{count, number}} machines',
    },
    progress: 'Machine by machine',
    progressNone:
      'No upgrade has been sent yet. Each machine is followed here until it logs in with the new version.',
    progressUnreadable: 'The upgrades sent so far can’t be read',
    older: 'Look further back',
    column: {
      machine: 'Machine',
      version: 'To version',
      stage: 'State',
      time: 'Begun',
      took: 'Took',
    },
    stage: {
      waiting: 'waits to be sent',
      sent: 'command sent; not fetched yet',
      sentPerhaps: 'command perhaps sent; not fetched yet',
      fetching: 'fetching',
      broken: 'download broke off; it may try again',
      refused: 'asked for it; this computer answered {{status}}',
      fetched: 'has the package; installing',
      restarting: 'disconnected; may be restarting',
      cameBack: 'back online with {{version}}, as before',
      notApplied: 'not applied: restarted with {{version}}, as before',
      otherVersion: 'logged in with {{version}}',
      back: 'back online; no login shows whether it uses the package',
      runs: 'runs {{version}}',
      reportedDone: 'accepted by the machine, which reports nothing more',
      failed: 'failed',
      unheard: 'no data',
      unproved: 'no login with {{version}} in time',
      unseen: 'fetched; no login shows whether it uses the package',
      unfetched: 'not fetched whole in time',
      replaced: 'given up: sent again',
      unsent: 'did not connect in time',
      takenBack: 'taken back',
    },
    ranThen: 'ran {{version}} then',
    toVersion: 'to {{version}}',
    proved: 'proved by its login',
    steps: 'Steps',
    showSteps: 'Steps of machine {{vmcNo}}',
    evidence: 'Show the frame',
    noFrame: 'The machine is no longer on the list.',
    transfer: 'Download by machine {{vmcNo}}',
    stuck: {
      sent: 'Nothing was fetched for {{time}}. Test below the heading whether the machine can reach this computer; if it can, restart the machine and upgrade again.',
      fetching:
        'No progress for {{time}}. Check the machine’s network. A stalled download ends after a minute.',
      broken:
        'No progress for {{time}}. The machine may retry by itself. If not, restart it and upgrade again.',
      refused: 'It asked at {{at}}, and this computer answered {{status}}: {{why}}',
      fetched: 'No restart for {{time}}. Large packages take minutes; then look at the machine’s screen.',
      restarting: 'Offline for {{time}}. Check its power, screen and network.',
      unheard:
        'No data for {{time}}. Check its power, screen and network. Its next login shows which version runs.',
      cameBack:
        'Unchanged for {{time}}. No report shows whether it restarted. Restart it; if nothing changes, upgrade again.',
      notApplied:
        'The package was fetched whole {{time}} ago or more, and is not what runs. Check that it is for this model, then upgrade again.',
      otherVersion:
        'Compare it with the version that the package is said to bring: one of the two is wrong, or somebody else upgraded it.',
    },
    refusal: {
      gone: 'the package’s file is gone from the data folder. Add the package again, then upgrade again.',
      spoilt:
        'the package’s file is no longer what was added. Add the package again, then upgrade again; look whether a security program changes files, or the disk is failing.',
      unreadable:
        'the package’s file can’t be read. Look at the disk and the permissions of the data folder, then upgrade again.',
      another: 'it wants to go on with another package. Restart the machine, then upgrade again.',
      beyond:
        'it wants to go on beyond the end of this package. It may have a part of another one, or all of this one: restart the machine, then upgrade again unless it logs in with the new version.',
    },
    resumedFrom: 'resumed from {{from}}',
    test: {
      again: 'Test downloads',
      fine: 'A download from this computer through {{where}} works. Whether a firewall lets machines in can’t be tried from here.',
      machines_one: '{{count, number}} machine is connected through it.',
      machines_other: '{{count, number}} machines are connected through it.',
      problem: {
        notBound:
          'Nothing answers at {{where}}: Crema offers downloads at another address. Listen there, or on all adapters, under Settings.',
        refused:
          'The connection to {{where}} was refused although Crema listens there: a security program of this computer may block it. Let Crema through, or choose another port under Settings.',
        timeout:
          'No answer came from {{where}}: a firewall of this computer may hold it back. Let Crema through; Connect has the clicks and commands.',
        otherServer:
          'Somebody else answers at {{where}} ({{detail}}): another program, a proxy or a forwarded port. End it, or choose another port under Settings.',
        failed: 'The download from {{where}} failed ({{detail}}).',
      },
    },
    visitors: {
      title: 'Other requests',
      lead: 'No upgrade explains these as they were asked; nothing was handed out.',
      clear: 'Clear',
      machine: 'machine {{vmcNo}}',
      more: 'and {{more}} more',
      many: 'many different requests',
      nothing: 'connected and asked nothing in time',
      times: '× {{count, number}}',
      answer: {
        malformed: 'not understood',
        nothing: 'nothing there',
        method: 'not allowed',
        late: 'timed out',
        long: 'too long',
      },
    },
    limits: {
      all: 'Downloads are limited to {{all}} MB/s in all.',
      machine: 'Downloads are limited to {{machine}} MB/s for each machine.',
      both: 'Downloads are limited to {{all}} MB/s in all, {{machine}} MB/s for each machine.',
      change: 'Change',
    },
    blocked: {
      off: 'Crema does not listen for downloads, so no machine can fetch a package.',
      loopback:
        'Downloads are offered to this computer only ({{where}}). Machines on the network can’t fetch them.',
      elsewhere:
        'Machines connect to {{machines}}, but downloads are offered on {{where}}. They may not reach it.',
      listen: 'Offer downloads on {{host}}',
      listenAll: 'Offer downloads on all adapters',
      listenAsk: 'Other devices on that network will be able to fetch what you offer to a machine.',
      settings: 'Open Settings',
    },
  },
} as const;
