/** Error codes that a person may see. The window's texts (`error.<code>`) describe them; bugs are not in this list. */
export const errorCodes = [
  'badArguments', // {verb, problem}: the window asked with wrong arguments
  'foreignSender', // the request did not come from our own page
  'unknownMachine', // {vmcNo}
  'machineOnline', // {vmcNo}: must be offline for this
  'machineOffline', // {vmcNo}
  'faultOver', // it has ended meanwhile
  'unknownFrame', // {id}: no longer kept
  'noJournal', // there is no history to ask: the journal could not be opened
  'journalInUse', // {detail}: its file can't be renamed
  'badFilter', // {at}: character at which it makes no sense
  'badInput', // {name, field}: a command's input does not fit the catalogue
  'productNumber', // {productId, min, max}: a machine of this platform has none with that number
  'productTwice', // {productId}: a list names it twice
  'discountFree', // {field}: everything would be free
  'refillNothing', // {field}: nothing is added and nothing taken away
  'commandRunning', // {name}: the same command waits for its proof or its turn on this machine
  'commandGoesFirst', // {vmcNo, behind}: it restarts the machine, and would lose the proof of a command
  'commandNotPossible', // {name, why, …}: see shared/commands/kit/possible
  'unknownCommand', // {id}
  'commandQueueFull', // {max}
  'heldGone', // it was forwarded, or its connection has ended
  'notRelayed', // {vmcNo}: it has no server but Crema
  'relayBusy', // part of another frame is being passed on
  'relaySelf', // {host, port}: machines are listened for there
  'relayNowhere', // no server is set
  'relayFilter', // {rule, at}: position of the syntax error in its filter
  'relayAnswer', // {rule}: its answer is not a JSON object with a cmd
  'dialSelf', // {host, port}: machines are listened for there
  'commandSent', // it was already sent
  'commandWaitTooLong', // {max}: minutes
  'machineInRun', // {vmcNo}: another run has something to give it still
  'runsAlready', // {vmcNo, version}: the machine has what it would get
  'machineNoPlatform', // {vmcNo}: nobody knows which program it runs
  'unknownRun', // {id}
  'nothingToRetry', // none of its machines failed, or none of them can get it now
  'noWayBack', // no package in the library is what its machines had
  'runGoesOn', // it is to be paused or stopped first
  'runOver', // it has ended, or nobody is asked any more
  'sequenceGone', // {name}: it was taken out meanwhile
  'sequenceNamed', // {name}: another one is called so
  'sequencesFull', // {max}
  'sequencesNotKept', // {detail}: their file can't be written
  'noSequences', // {file, line}: no file of sequences
  'unknownPackage', // the package was removed
  'packageNoVersion', // without a version its upgrade can't be proved
  'packageNoPlatform', // its platform was not set
  'packageWrongPlatform', // {platform}: the machine's
  'packageBusy', // a file is being read in
  'packageOffered', // a machine is about to fetch it
  'packagesNotKept', // {detail}: their list can't be written
  'packageRefused', // {reason, detail} and what else the reason has
  'droppedCapture', // {file}: it was dropped where packages are taken
  'droppedTooMany', // {count, max}
  'droppedNowhere', // {file}: it lies on no disk
  'checksumOdd', // it is neither a SHA-256 nor an MD5
  'checksumDiffers', // {expected, actual}
  'updatesOff', // the update listener does not listen
  'updatesUnreachable', // {host, listens}: the address this machine talks to, and the one it listens on
  'settingsNotKept', // {detail}: they hold until the app ends
  'noPicture', // not a photo in the window's format
  'photoNotKept', // {detail}: the data folder can't be written
  'registryUnread', // {detail}: the file can't be opened
  'registryTooBig', // {max}: MB
  'tableNoText', // not text in an encoding that Excel writes
  'registryNoNumber', // no column is the machine's number
  'registryGone', // the settings have changed since the preview, or it was applied already
  'unwritable', // {detail}: the file can't be written
  'fileBusy', // {file}: it is being written already
  'unknownFile', // {id}: it was removed
  'unknownCapture', // it was closed
  'inCapture', // the window shows a capture: nothing can be sent or changed from there
  'unknownJob', // it has ended
  'replayRuns', // one replay at a time
  'replayNothing', // this side sends none of the chosen frames
  'replayManyMachines', // {machines}: one number can stand for one of them only
  'replayManyConnections', // {connections, max}
  'frameTooLong', // {bytes}: over what the head can say
  'listenFailed', // {host, port, reason}
  'noListener', // virtual machines need our listener
  'tooManyMachines', // {max}
  'notAPicture', // the copied data is not a picture
  'noErrorCatalogue', // {file, line}: not a file of own catalogue entries
  'noProducts', // {file, line}: not a file of a workshop's products
  'unknownCrash', // its note is gone
  'folderNotOpened', // {folder, detail}
  'fileNotOpened', // {file, detail}
  'fileTooMuch', // {file}: reading it would take more than one file may have
  'noLicences', // it runs from sources that were not built whole
  'supportBusy', // the support file is being put together or written
  'supportGone', // it must be put together again
  'internal', // {detail}
] as const;
export type ErrorCode = (typeof errorCodes)[number];
export interface AppError {
  readonly code: ErrorCode;
  readonly params: Readonly<Record<string, string | number>>;
}
