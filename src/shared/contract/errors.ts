/** Error codes that a person may see. The window's texts (`error.<code>`) describe them; bugs are not in this list. */
export const errorCodes = [
  'badArguments', // {verb, problem}: the window asked with wrong arguments
  'foreignSender', // the request did not come from our own page
  'unknownMachine', // {vmcNo}
  'machineOnline', // {vmcNo}: must be offline for this
  'machineOffline', // {vmcNo}
  'faultOver', // it has already ended
  'unknownFrame', // {id}: no longer kept
  'noJournal', // the journal could not be opened
  'journalInUse', // {detail}: its file can't be renamed
  'badFilter', // {at}: position of the syntax error
  'badInput', // {name, field}: a command's input does not fit the catalogue
  'productNumber', // {productId, min, max}: out of range for this platform
  'productTwice', // {productId}: a list names it twice
  'discountFree', // {field}: everything would be free
  'refillNothing', // {field}: the amounts would not change
  'commandRunning', // {name}: the same command waits for its proof or its turn on this machine
  'commandGoesFirst', // {vmcNo, behind}: its restart would lose the proof of another command
  'commandNotPossible', // {name, why, …}: see shared/commands/kit/possible
  'unknownCommand', // {id}
  'commandQueueFull', // {max}
  'heldGone', // it was forwarded, or its connection has ended
  'notRelayed', // {vmcNo}: it has no server but Crema
  'relayBusy', // part of another frame is being forwarded
  'relaySelf', // {host, port}: Crema itself listens there
  'relayNowhere', // no server is set
  'relayFilter', // {rule, at}: position of the syntax error in its filter
  'relayMember', // {rule}: the path of its member is empty or invalid
  'relayValue', // {rule}: its new value is not a single JSON value
  'relayDelay', // {rule, max}: ms
  'relayAnswer', // {rule}: its answer is not a JSON object with a cmd
  'dialSelf', // {host, port}: Crema itself listens there
  'commandSent', // it was already sent
  'commandWaitTooLong', // {max}: minutes
  'machineInRun', // {vmcNo}: another run still has commands for it
  'noInputForMachine', // {vmcNo}: the step has inputs per machine, but none for it
  'runsAlready', // {vmcNo, version}: the machine already has this version
  'machineNoPlatform', // {vmcNo}: its program is unknown
  'unknownRun', // {id}
  'nothingToRetry', // none of its machines failed, or none can get it now
  'noWayBack', // the library has no package with the earlier versions
  'runGoesOn', // it must be paused or stopped first
  'runOver', // it has ended, or its question is answered
  'sequenceGone', // {name}: it was removed
  'sequenceNamed', // {name}: another procedure has this name
  'sequencesFull', // {max}
  'sequencesNotKept', // {detail}: their file can't be written
  'noSequences', // {file, line}: not a file of procedures
  'unknownSite', // it was removed
  'sitesFull', // {max}
  'siteSendsAlready', // another site has this role
  'sitesNotKept', // {detail}: their file can't be written
  'siteCredentialsOdd', // {file}: without credentials
  'siteAuthorityOdd', // {file}: without a certificate
  'siteAway', // no Crema of the site is connected to the broker
  'siteCutOff', // this computer is not connected to the broker
  'siteSilent', // it does not answer; nothing was given
  'siteOtherVersion', // one side has another version of Crema
  'siteBusy', // too many requests at once
  'siteTooLong', // the input is too long for the broker
  'siteNotAcross', // {name}: the command needs a file of the site's computer
  'siteNobodyThere', // no person at the site allowed it in time
  'siteRefused', // a person at the site refused
  'siteWithdrawn', // it was taken back before a person at the site decided
  'siteAskOver', // support does not wait for the answer any more
  'siteTooLate', // it arrived at the site too late
  'siteUnknown', // the site does not answer, or was started again: it may have been given
  'siteNotConnected', // this computer is not connected to the broker: its files are not known
  'siteNoFiles', // the account has no stream FILES
  'siteFilesTooMany', // the stream has more messages than any files of Crema
  'siteFilesNotPermitted', // the credentials do not permit it
  'siteFilesUnread', // {detail}: the broker's message
  'siteFileTooLarge', // {max}: MB
  'unknownPackage', // the package was removed
  'packageNoVersion', // without a version its upgrade can't be proved
  'packageNoPlatform', // its platform was not set
  'packageWrongPlatform', // {platform}: the machine's
  'packageBusy', // a file is being imported
  'packageOffered', // a machine is about to fetch it
  'packagesNotKept', // {detail}: their list can't be written
  'packageRefused', // {reason, detail} and further parameters of the reason
  'droppedCapture', // {file}: it was dropped on the package area
  'droppedTooMany', // {count, max}
  'droppedNowhere', // {file}: it is not on a disk
  'checksumOdd', // neither a SHA-256 nor an MD5
  'checksumDiffers', // {expected, actual}
  'updatesOff', // the update listener does not listen
  'updatesUnreachable', // {host, listens}: the machine's server address, and the listener's address
  'settingsNotKept', // {detail}: they apply until the app ends
  'noPicture', // not a photo in the window's format
  'photoNotKept', // {detail}: the data folder can't be written
  'registryUnread', // {detail}: the file can't be opened
  'registryTooBig', // {max}: MB
  'tableTooMuch', // {file, line, max}: in this line it has more cells than the limit
  'tableNoText', // not text in an encoding that Excel writes
  'registryNoNumber', // no column has the machine's number
  'registryGone', // the settings have changed since the preview, or it was applied already
  'unwritable', // {detail}: the file can't be written
  'fileBusy', // {file}: already being written
  'unknownFile', // {id}: it was removed
  'unknownCapture', // it was closed
  'inCapture', // the window shows a capture: nothing can be sent or changed from there
  'unknownJob', // it has ended
  'replayRuns', // one replay at a time
  'replayNothing', // this side sends none of the chosen frames
  'replayManyMachines', // {machines}: one number can replace only one of them
  'replayManyConnections', // {connections, max}
  'frameTooLong', // {bytes}: over the limit of its head
  'listenFailed', // {host, port, reason}
  'noListener', // virtual machines need our listener
  'tooManyMachines', // {max}
  'notAPicture', // the copied data is not a picture
  'noErrorCatalogue', // {file, line}: not a file of own catalogue entries
  'noProducts', // {file, line}: not a file of a workshop's products
  'unknownCrash', // its note is gone
  'folderNotOpened', // {folder, detail}
  'fileNotOpened', // {file, detail}
  'fileTooMuch', // {file}: too large to read
  'noLicences', // run from source files without a full build
  'supportBusy', // the support file is being put together or written
  'supportGone', // it must be put together again
  'internal', // {detail}
] as const;
export type ErrorCode = (typeof errorCodes)[number];
export interface AppError {
  readonly code: ErrorCode;
  readonly params: Readonly<Record<string, string | number>>;
}
