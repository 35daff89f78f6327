/** Failed actions, and their remedies. */
import type { ErrorCode } from '#shared/contract/errors';
import { maxTotal } from '#shared/framing';
import { packageLimits } from '#shared/limits';

export const errors = {
  error: {
    badArguments:
      'Crema sent itself an invalid request ({{verb}}: {{problem}}). This is a bug; please report it.',
    foreignSender: 'The request did not come from Crema’s own window, so it was refused.',
    unknownMachine: 'Machine {{vmcNo}} is no longer on the list.',
    machineOnline: 'Machine {{vmcNo}} is connected. Disconnect it first.',
    machineOffline: 'Machine {{vmcNo}} is not connected. Try again when it is connected.',
    faultOver: 'This error has already ended.',
    unknownFrame: 'This frame is not in the records of this computer.',
    noJournal: 'Crema could not open its records. The message at the top of the window gives the reason.',
    journalInUse: 'The file can’t be renamed ({{detail}}). Close the programs that use it, then try again.',
    badFilter: 'The filter is invalid from character {{at}} on.',
    productNumber:
      'This machine numbers its products from {{min}} to {{max}}. {{productId}} is outside that range. Correct the number.',
    productTwice: 'Product {{productId}} is in the list twice. Remove one of them.',
    discountFree: 'A discount of 0 is not sent, because everything would be free. 100 is the full price.',
    refillNothing: 'Enter at least one change, and no 0. Otherwise the machine would record an empty refill.',
    badInput: 'Not sent: {{field}} is missing or out of range.',
    commandRunning:
      'The same command is still open on this machine. Wait for its result, or withdraw it if it is unsent.',
    commandGoesFirst:
      'Not sent: the machine would restart or reconnect, and “{{behind}}” is not confirmed yet. Wait until it ends, or stop waiting for it on the machine’s page.',
    commandNotPossible: 'Not possible now.',
    notAPicture: 'The chart could not be copied. Open it again and retry.',
    noErrorCatalogue: '{{file}} is not an error catalogue: line {{line}} is invalid. Nothing was changed.',
    noProducts: '{{file}} is not a product list: line {{line}} is invalid. Nothing was changed.',
    unknownCrash: 'The crash report is gone from the data folder.',
    fileNotOpened: 'The file {{file}} could not be opened ({{detail}}).',
    fileTooMuch:
      'Reading {{file}} needs more memory or time than Crema allows for one file. Everything else works. Open it in another program.',
    noLicences: 'Licences are collected by a full build: npm run build.',
    folderNotOpened: 'The folder {{folder}} could not be opened ({{detail}}).',
    supportBusy: 'The support file is being created or saved. Wait until it is done, or cancel it.',
    supportGone: 'The support file must be created again. Close this window and open it again.',
    unknownCommand: 'This command is no longer recorded.',
    machineInRun: 'Another run still has steps for machine {{vmcNo}}.',
    noInputForMachine: 'The file has no lines for machine {{vmcNo}}.',
    runsAlready: 'Machine {{vmcNo}} already has version {{version}}.',
    machineNoPlatform:
      'The program of machine {{vmcNo}} is unknown. Let it log in once, or set its program manually.',
    unknownRun: 'Run {{id}} is no longer recorded.',
    nothingToRetry: 'No machine has failed, or none of them can get it now.',
    noWayBack: 'The library has no package that these machines had before.',
    runGoesOn: 'This run is still running. Pause or stop it first.',
    runOver: 'This run has ended, or the question is no longer open.',
    sequenceGone: 'Procedure “{{name}}” no longer exists.',
    sequenceNamed: 'Another procedure is already called “{{name}}”.',
    sequencesFull: 'At most {{max}} own procedures.',
    sequencesNotKept: 'The procedures could not be saved: {{detail}}. Nothing was changed.',
    noSequences: '{{file}} is not a file of procedures: line {{line}} is invalid. Nothing was changed.',
    commandSent: 'The command was sent in the meantime.',
    commandWaitTooLong: 'At most {{max}} minutes. A later command would surprise a person at the machine.',
    commandQueueFull: 'At most {{max}} commands can wait for one machine. Withdraw some first.',
    unknownSite: 'This site has been removed.',
    siteAway:
      'No Crema of this site is connected to the broker. Nothing was sent. Try again when the site is back.',
    siteCutOff: 'This computer is not connected to the broker. Nothing was sent. See the sites in Settings.',
    siteSilent: 'The site does not answer. Nothing was sent. Try again, or ask a person there.',
    siteOtherVersion:
      'The site has another version of Crema. Nothing was sent. Update Crema on both computers.',
    siteBusy: 'Too many requests wait at the site. Nothing was sent. Try again in a minute.',
    siteTooLong: 'The command is too long for the broker. Nothing was sent. Send it in smaller parts.',
    siteNotAcross: 'This command needs a file of the site’s computer. Only that computer can send it.',
    siteNobodyThere:
      'No person at the site has allowed the command. Nothing was sent. Call the site, and try again.',
    siteRefused: 'A person at the site has refused the command. Nothing was sent.',
    siteWithdrawn: 'The request was taken back. Nothing was sent.',
    siteAskOver: 'Support does not wait for this answer any more. Nothing was sent.',
    siteTooLate:
      'The request reached the site too late. Nothing was sent by it. Check the list of commands, then try again.',
    siteUnknown:
      'The site can’t say what became of the command. It may have been sent. Look at the frames of the machine before you try again.',
    siteNotConnected: 'This computer is not connected to the broker. The state of the site says why.',
    siteNoFiles: 'The account has no stream named FILES. Ask the administrator of the broker to create it.',
    siteFilesTooMany: 'The stream has too many messages to list. Ask the administrator of the broker.',
    siteFilesNotPermitted:
      'The credentials do not permit this with files. Ask the administrator of the broker for the right user.',
    siteFilesUnread: 'The broker did not answer ({{detail}}). Try again.',
    siteFileTooLarge: 'A file can have at most {{max}} MB. Export a shorter time, or compress it with gzip.',
    sitesFull: 'At most {{max, number}} sites are possible. Remove one first.',
    siteSendsAlready: 'Another site already sends this computer’s records. Change or remove it first.',
    sitesNotKept: 'The sites could not be saved: {{detail}}. Nothing was changed.',
    siteCredentialsOdd:
      '{{file}} contains no credentials. Choose the file that the broker’s administrator made.',
    siteAuthorityOdd: '{{file}} contains no certificate. Choose a certificate file in PEM format.',
    unknownPackage: 'This package has been removed.',
    packageNoVersion:
      'Enter the version of this package first. Only a login with that version confirms the upgrade.',
    packageNoPlatform: 'Choose first whether the package is for Linux or Android machines.',
    packageWrongPlatform: 'The package is for another machine program. This machine runs {{platform}}.',
    packageBusy: 'A package is being read or saved. Wait until it is done, or cancel it.',
    droppedCapture: '“{{file}}” is a capture, not a package. Open it with “Open capture…” in the inspector.',
    droppedTooMany:
      'No file was read: {{count, number}} files were dropped, and the limit is {{max}}. Drop only the packages.',
    droppedNowhere:
      '“{{file}}” is not on a disk of this computer. Save it first, then drop or choose the saved file.',
    checksumOdd: 'This is not a checksum. A SHA-256 has 64 digits 0–9 and a–f, an MD5 has 32.',
    checksumDiffers:
      'This is not the expected package: its checksum is {{actual}}, not {{expected}}. Do not send it. Get the file again.',
    packageOffered:
      'Machines have been or will be notified to download this package. Wait until that has ended, or stop it.',
    packageRefused: {
      unreadable:
        'The file can’t be read ({{detail}}). Check that it still exists and that its drive is connected.',
      noFile: 'This can’t be read as a package. Choose the package file itself.',
      notZip: 'This is not a ZIP file, or it is incomplete. Get it again and compare its size.',
      damagedDirectory:
        'The file list in the ZIP is damaged ({{detail}}). Get the file again, or ask the vendor for another.',
      moreMembers:
        'The file list in the ZIP is damaged: the ZIP contains more than it lists. Get the file again, or ask the vendor for another.',
      empty: 'The ZIP is empty.',
      damagedMember: 'The ZIP is damaged: “{{detail}}” can’t be extracted. Get the file again.',
      unsafeMember: 'The ZIP is not safe: “{{detail}}” would be written outside its folder.',
      unusableName:
        'The ZIP can’t be extracted on a machine: the file name “{{detail}}” is empty or too long.',
      device: 'The ZIP is not safe: “{{detail}}” is a device, a pipe or a socket.',
      link: 'The ZIP is not safe: “{{detail}}” is a link that could lead outside its folder.',
      duplicate:
        'The ZIP has two files named “{{detail}}” (case is ignored). Which one a machine keeps is uncertain.',
      tooManyMembers: `The ZIP has more than ${packageLimits.members.toLocaleString('en')} files, unlike any upgrade package.`,
      tooBig: `Extracted, the ZIP exceeds ${packageLimits.unpacked / 1024 ** 3} GB or ${packageLimits.ratio} times its size, and could fill a machine’s disk.`,
      tooMuch:
        'Reading this ZIP needs more memory than Crema allows for one file. Everything else works. Ask the supplier of the package for an ordinary one.',
      encrypted: 'The ZIP has a password (“{{detail}}”). Machines can’t open it.',
      noSpace:
        'Not enough space: the file has {{needs}}, and the disk has {{free}} left. Free some space and choose the file again.',
      diskFull: 'The disk is full. Free some space and choose the file again.',
      noUpdateXml:
        'The folder “{{detail}}” has no update.xml. Choose or drop the package itself, or a folder with update.xml and the package.',
      updateXmlOdd:
        'update.xml can’t be read ({{detail}}). Its root Jetinno needs one vendui_version (at most 60 characters) and one package_path.',
      packageNotBeside:
        'update.xml names the package “{{detail}}”, which is not in the same folder. Put both into one folder.',
      checksumFileOdd:
        '“{{detail}}” beside the package contains no checksum of it. Correct or remove it, then choose the package again.',
      checksumDiffers:
        'This is not the expected file: its checksum is {{actual}}, and {{from}} has {{expected}}. Nothing was saved. Get the file again.',
      spoilt: 'Crema’s copy is damaged. Choose the package’s ZIP again to repair it.',
      cancelled: 'Cancelled. Nothing was saved.',
    },
    updatesOff:
      'Crema is not listening for upgrade downloads, so the machine can’t download the package. See “Listening” in Settings.',
    updatesUnreachable:
      'The machine uses {{host}}, but downloads are offered on {{listens}} only. Listen for upgrade downloads on {{host}}.',
    settingsNotKept:
      'The change applies only until Crema closes: the settings file can’t be written ({{detail}}). Check that the data folder is writable and the disk is not full, then try again.',
    packagesNotKept:
      'The package list can’t be written ({{detail}}), so nothing was changed. Free some disk space, then try again.',
    noPicture: 'Crema can’t save this as a picture.',
    photoNotKept: 'The photo can’t be saved ({{detail}}).',
    registryUnread: 'The file can’t be opened ({{detail}}).',
    registryTooBig: 'The file exceeds {{max}} MB, so it is not a machine list.',
    tableTooMuch:
      '{{file}} has too many cells: line {{line}} reaches the limit of {{max}}. Nothing was changed. Delete lines and columns that are not needed, or split the file.',
    tableNoText: 'This is not a CSV file: its text is not UTF-8, UTF-16 or GB18030.',
    registryNoNumber:
      'The first line has no column with the machine number. Name it “Number” or “机器编号”, as in an exported file.',
    registryGone:
      'Settings changed since this preview, or the file was imported already. Choose the file again.',
    unwritable: 'The file can’t be written ({{detail}}). Choose another place.',
    fileBusy: '{{file}} is already being written. Wait until it is done, or choose another name.',
    unknownFile: 'This file was removed.',
    unknownCapture: 'This capture has been closed.',
    inCapture: 'A capture is a recording, so nothing can be sent. Go back to Live.',
    unknownJob: 'The task has already ended.',
    replayRuns: 'A replay is running. Stop it, or wait until it ends.',
    replayNothing: 'This role sends none of these frames. Choose others.',
    replayManyMachines:
      'The frames are of machines {{machines}}, but one number can stand for one machine only. Filter by one machine, or leave the number empty.',
    replayManyConnections:
      'The frames need {{connections}} connections, and the limit is {{max}}. Choose fewer frames.',
    frameTooLong: `The frame would have {{bytes}} bytes; at most ${maxTotal} can be sent.`,
    heldGone: 'The frame is no longer held: it was forwarded, or its connection has ended.',
    relayBusy: 'Part of another frame is being forwarded. Try again shortly.',
    notRelayed: 'Machine {{vmcNo}} is not relayed: Crema is its only server.',
    relaySelf: '{{host}}:{{port}} is Crema’s own listening address. Enter the address of the real server.',
    relayNowhere: 'Enter the server that machines are forwarded to.',
    relayFilter: 'The filter of rule {{rule}} is invalid from character {{at}} on. Nothing was changed.',
    relayMember: 'Rule {{rule}} has no valid field, such as Amount or supply.1. Nothing was changed.',
    relayValue: 'The new value of rule {{rule}} is not a number, a text, true or false. Nothing was changed.',
    relayDelay: 'The delay of rule {{rule}} must be 1 to {{max, number}} ms. Nothing was changed.',
    relayAnswer:
      'The answer of rule {{rule}} is not a JSON object with a cmd, such as {"cmd":"hb"}. Nothing was changed.',
    dialSelf:
      '{{host}}:{{port}} is Crema’s own listening address. Enter the address of the machine or of its serial server.',
    listenFailed: {
      inUse: 'Another program uses port {{port}} on {{host}}. Choose another port or close that program.',
      denied: 'The operating system does not let Crema listen on {{host}}:{{port}}. Try a port above 1024.',
      noAddress: 'No adapter of this computer has the address {{host}}. Check the cable or the Wi-Fi.',
      other: 'Crema could not listen on {{host}}:{{port}}.',
    },
    noListener: 'Virtual machines need a listening address. Choose one first.',
    tooManyMachines: 'At most {{max}} virtual machines at the same time.',
    internal: 'An error occurred in Crema: {{detail}}',
  } satisfies Readonly<Record<ErrorCode, unknown>>,
} as const;
