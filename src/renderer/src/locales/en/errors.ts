/** Failed actions, and their remedies. */
import type { ErrorCode } from '#shared/contract/errors';
import { maxTotal } from '#shared/framing';
import { packageLimits } from '#shared/limits';

export const errors = {
  error: {
    badArguments:
      'Crema asked itself for something impossible ({{verb}}: {{problem}}). That is a bug; please report it.',
    foreignSender: 'The request did not come from Crema’s own window and was refused.',
    unknownMachine: 'Machine {{vmcNo}} is not known any more.',
    machineOnline: 'Machine {{vmcNo}} is connected. Disconnect it first.',
    machineOffline: 'Machine {{vmcNo}} is not connected. It can be done when it is back.',
    faultOver: 'This error has ended meanwhile.',
    unknownFrame: 'This frame is not in the journal of this computer.',
    noJournal: 'Crema could not open its journal. The message at the top of the window says why.',
    journalInUse: 'The file can’t be renamed ({{detail}}). Close the programs that use it, then try again.',
    badFilter: 'The filter makes no sense from character {{at}} on.',
    productNumber:
      'This machine numbers its products from {{min}} to {{max}}: {{productId}} is none of them. Correct the number.',
    productTwice: 'Product {{productId}} is in the list twice. Leave it in one place only.',
    discountFree: '0 is not sent: everything would be free. 100 is the full price.',
    refillNothing:
      'Type at least one change, and none that is 0: the machine would put an empty refill on record.',
    badInput: 'That can’t be sent: {{field}} is missing or out of range.',
    commandRunning:
      'The same command still waits on this machine. Wait for its result, or take it back if it has not been sent.',
    commandGoesFirst:
      'Not sent: the machine would restart or connect anew, and “{{behind}}” still waits there for what proves it. Wait until it has ended, or stop waiting for it on the machine’s page.',
    commandNotPossible: 'It can’t be done now.',
    notAPicture: 'The picture could not be copied: it is none. Show the chart again, then copy it.',
    noErrorCatalogue:
      '{{file}} is no file of the error catalogue: line {{line}} is not what it should be. Nothing was changed.',
    noProducts:
      '{{file}} is no file of products: line {{line}} is not what it should be. Nothing was changed.',
    unknownCrash: 'The note about it is gone from the data folder.',
    fileNotOpened: 'The file {{file}} could not be opened ({{detail}}).',
    fileTooMuch:
      'Reading {{file}} needs more memory or time than Crema gives one file. Everything else continues. Open it in another program.',
    noLicences: 'They are gathered by a whole build: npm run build.',
    folderNotOpened: 'The folder {{folder}} could not be opened ({{detail}}).',
    supportBusy: 'The support file is being put together or written: wait for it, or cancel it there.',
    supportGone: 'The support file has to be put together again: close this and open it anew.',
    unknownCommand: 'This command is not known any more.',
    machineInRun: 'Another run has steps left for machine {{vmcNo}}.',
    runsAlready: 'Machine {{vmcNo}} has version {{version}} already.',
    machineNoPlatform:
      'Nobody knows which program machine {{vmcNo}} runs. Let it log in once, or set its program by hand.',
    unknownRun: 'There is no run {{id}} on record any more.',
    nothingToRetry: 'None of its machines has failed, or none of them can get it now.',
    noWayBack: 'No package in the library is what these machines had before.',
    runGoesOn: 'This run goes on: pause or stop it first.',
    runOver: 'This run has ended, or nobody is asked any more.',
    sequenceGone: 'There is no sequence “{{name}}” any more.',
    sequenceNamed: 'Another sequence is called “{{name}}” already.',
    sequencesFull: 'A workshop may have {{max}} sequences of its own.',
    sequencesNotKept: 'The sequences could not be kept: {{detail}}. Nothing was changed.',
    noSequences:
      '{{file}} is no file of sequences: line {{line}} is not as it should be. Nothing was changed.',
    commandSent: 'It was sent meanwhile, and no longer waits for the machine.',
    commandWaitTooLong:
      'It may wait {{max}} minutes at most: later it would surprise whoever stands at the machine.',
    commandQueueFull: 'At most {{max}} commands may wait for one machine. Take some back first.',
    unknownPackage: 'This package has been removed.',
    packageNoVersion: 'Say first which version this package brings: only a login with it proves the upgrade.',
    packageNoPlatform: 'Say first whether the package is for Linux or for Android machines.',
    packageWrongPlatform:
      'The package is for another machine program; this machine runs the {{platform}} one.',
    packageBusy: 'A package is being read in or saved. Wait for it, or cancel it.',
    droppedCapture: '“{{file}}” is a capture, no package. Open it with “Open capture…” in the inspector.',
    droppedTooMany:
      'No file was read: {{count, number}} files were dropped, and the limit is {{max}}. Drop only the packages.',
    droppedNowhere:
      '“{{file}}” lies on no disk of this computer. Save it first, then drop or choose the saved file.',
    checksumOdd: 'This is no checksum: a SHA-256 has 64 digits 0–9 and a–f, an MD5 has 32.',
    checksumDiffers:
      'This is not the package that was meant: its checksum is {{actual}}, not {{expected}}. Do not send it; get the file again.',
    packageOffered:
      'A machine has been told to fetch this package, or a run is still to tell one. Wait until that has ended, or stop it.',
    packageRefused: {
      unreadable: 'The file can’t be read ({{detail}}). Is it still there, is the stick still in?',
      noFile: 'This is no file that can be read in. Choose the package itself.',
      notZip: 'This is no ZIP file, or it is cut off. Get it again and compare its size.',
      damagedDirectory:
        'The list of files in the ZIP is damaged ({{detail}}). Get the file again, or ask the vendor for another.',
      moreMembers:
        'The list of files in the ZIP is damaged: it holds more than it lists. Get the file again, or ask the vendor for another.',
      empty: 'The ZIP is empty.',
      damagedMember: 'The ZIP is damaged: “{{detail}}” in it can’t be unpacked. Get the file again.',
      unsafeMember: 'The ZIP is not safe: “{{detail}}” in it would be written outside its folder.',
      unusableName:
        'The ZIP can’t be unpacked on a machine: the name “{{detail}}” in it is empty or too long for a file.',
      device: 'The ZIP is not safe: “{{detail}}” in it is a device, a pipe or a socket.',
      link: 'The ZIP is not safe: “{{detail}}” in it is a link and could lead outside its folder.',
      duplicate:
        'The ZIP has two files named “{{detail}}” (capital and small letters count as the same). Which one a machine would keep is uncertain.',
      tooManyMembers: `The ZIP has more than ${packageLimits.members.toLocaleString('en')} files. No upgrade package does.`,
      tooBig: `Unpacked, the ZIP would have more than ${packageLimits.unpacked / 1024 ** 3} GB or more than ${packageLimits.ratio} times its size, and could fill a machine’s disk.`,
      tooMuch:
        'Reading this ZIP needs more memory than Crema gives one file. Everything else continues. Ask whoever made the package for a plain one.',
      encrypted: 'The ZIP is locked with a password (“{{detail}}”). Machines can’t open it.',
      noSpace:
        'There is no room for it: it has {{needs}}, and the disk has {{free}} to give. Make room and choose the file again.',
      diskFull: 'The disk is full. Make room and choose the file again.',
      noUpdateXml:
        'There is no update.xml in the folder “{{detail}}”. Choose or drop the package itself, or a folder with update.xml and the package.',
      updateXmlOdd:
        'update.xml can’t be read ({{detail}}). It is to have a root Jetinno with one vendui_version (at most 60 characters) and one package_path.',
      packageNotBeside:
        'update.xml names the package “{{detail}}”, which is not beside it. Put both into one folder.',
      checksumFileOdd:
        '“{{detail}}” beside the package says no checksum of it. Correct it, or take it away, and choose the package again.',
      checksumDiffers:
        'This is not the file that was meant: its checksum is {{actual}}, and {{from}} says {{expected}}. Nothing was kept. Get the file again.',
      spoilt:
        'The copy in Crema is damaged: it is no longer what was read in. Choose the package’s ZIP again, which mends it.',
      cancelled: 'Cancelled. Nothing was kept.',
    },
    updatesOff:
      'Crema does not listen for upgrade downloads, so the machine could not fetch the package. See “Where Crema listens” in Settings.',
    updatesUnreachable:
      'The machine talks to {{host}}, but downloads are offered on {{listens}} only. Listen for upgrade downloads on {{host}}.',
    settingsNotKept:
      'This holds until Crema is closed, and can’t be kept beyond: the settings file can’t be written ({{detail}}). See that the data folder is not read-only and its disk not full, then set it again.',
    packagesNotKept:
      'The list of packages can’t be written ({{detail}}), so nothing was changed. Make room on the disk, then try again.',
    noPicture: 'That is no picture Crema can keep.',
    photoNotKept: 'The photo can’t be kept ({{detail}}).',
    registryUnread: 'The file can’t be opened ({{detail}}).',
    registryTooBig: 'The file is larger than {{max}} MB; a registry is not.',
    tableNoText: 'This is no CSV file: its text can’t be read as UTF-8, UTF-16 or GB18030.',
    registryNoNumber:
      'No column of the first line is the machine’s number. It is headed “Number” or “机器编号”, as in an exported file.',
    registryGone:
      'Settings have changed since this file was looked at, or it was taken over already. Choose the file again.',
    unwritable: 'The file can’t be written ({{detail}}). Choose another place.',
    fileBusy: '{{file}} is being written already. Wait for it, or choose another name.',
    unknownFile: 'This file was removed.',
    unknownCapture: 'This capture has been closed.',
    inCapture: 'A capture is a recording: nothing can be sent. Go back to Live for that.',
    unknownJob: 'It has ended already.',
    replayRuns: 'A replay is running. Stop it, or wait for its end.',
    replayNothing: 'There is no frame among them that this side sends. Choose others.',
    replayManyMachines:
      'They are frames of machines {{machines}}; one number can stand for one of them only. Filter the list by one machine, or leave the number empty.',
    replayManyConnections:
      'They are of {{connections}} connections; at most {{max}} can be made. Choose fewer frames.',
    frameTooLong: `The frame would have {{bytes}} bytes; at most ${maxTotal} can be sent.`,
    heldGone: 'It is not held back any more: it went on, or its connection has ended.',
    relayBusy: 'Part of another frame is being passed on. Try again in a moment.',
    notRelayed: 'Machine {{vmcNo}} is not relayed now: Crema is its only server.',
    relaySelf:
      '{{host}}:{{port}} is where Crema itself waits for machines. Give the address of the real server.',
    relayNowhere: 'Say first which server machines are passed on to.',
    relayFilter: 'The filter of rule {{rule}} makes no sense from character {{at}} on. Nothing was changed.',
    relayAnswer:
      'The answer of rule {{rule}} is no JSON object with a cmd, such as {"cmd":"hb"}. Nothing was changed.',
    dialSelf:
      '{{host}}:{{port}} is where Crema itself waits for machines. Give the address of the machine or of its serial server.',
    listenFailed: {
      inUse:
        'Port {{port}} on {{host}} is taken by another program. Choose another port or end that program.',
      denied: 'The operating system does not let Crema listen on {{host}}:{{port}}. Try a port above 1024.',
      noAddress: 'This computer has no adapter with the address {{host}}. Is the cable in, the Wi-Fi on?',
      other: 'Crema could not listen on {{host}}:{{port}}.',
    },
    noListener: 'Virtual machines need Crema to listen. Choose an address first.',
    tooManyMachines: 'At most {{max}} virtual machines at once.',
    internal: 'Something went wrong inside Crema: {{detail}}',
  } satisfies Readonly<Record<ErrorCode, unknown>>,
} as const;
