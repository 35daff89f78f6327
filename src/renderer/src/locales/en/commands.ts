/** Commands: one entry per command with all its texts. Texts about sales are in salesCommands.ts, common texts in anyCommand.ts. */
import type { CommandTexts } from '../commandTexts';
import { salesCommands } from './salesCommands';

export const commands = {
  command: {
    ...salesCommands,
    openDoor: {
      name: 'Open door',
      ask: 'Someone must be at the machine and close the door afterwards.',
      send: 'Open door',
      says: {
        spelled: 'Open door (spelled “{{spelling}}”)',
      },
      waits: {
        proof: 'waiting for the report “door open”',
        doorUnknown:
          'waiting for the report “door open”. It can’t confirm the command: no “door closed” was reported on this connection',
      },
      steps: {
        doorOpened:
          'door reported open {{after}} after the command; the machine does not report who opened it, or when',
        openUnproved:
          'door reported open {{after}} after the command; this confirms nothing: it may have opened before the command',
        otherSpelling: 'replaced by the other form',
      },
      retry: {
        why: 'Door still closed? Try the other form.',
        send: 'Send the other form',
      },
    },
    makeDrink: {
      name: 'Brew',
      ask: 'A real drink is made, and nobody pays for it. Put a cup under the outlet. Beware of hot water.',
      send: 'Brew',
      says: {
        drink: 'Brew product {{productId}}, strength {{strength}}, milk {{milk}}, sugar {{sugar}}',
        named: 'Brew {{name}} ({{productId}}), strength {{strength}}, milk {{milk}}, sugar {{sugar}}',
      },
      waits: {
        proof: 'waiting for the report of this drink',
      },
      steps: {
        otherDrink:
          'a customer’s drink ended under this order number (product {{productId}}, paid by “{{payType}}”); this confirms nothing',
        freeDrink:
          'product {{productId}} was made free of charge under order {{orderNo}}; in free mode this can be the ordered drink or a customer’s',
        drinkEarlier: 'order {{orderNo}} may belong to the drink ordered before; this confirms nothing',
        drinkOfServer:
          'the machine’s real server ordered this product too; order {{orderNo}} may belong to it and confirms nothing',
        drinkSometime: 'order {{orderNo}} may have started before the command; this confirms nothing',
        drinkRefused: 'the machine refused the drink: {{status}}',
      },
      notNow: {
        customerOrders:
          'Order {{orderNo}} of a customer is open, and brewing now would drop it. Wait for its end, or 5 min.',
      },
      form: {
        productId: 'Product id or name',
        productIdNote: 'As in the machine’s menu, such as 801.',
        fastcode: 'Taste code',
        strength: 'Strength',
        milk: 'Milk',
        sugar: 'Sugar',
        scaleNote: '0 is off, 5 is the most. A machine ignores options that the recipe lacks.',
      },
    },
    rinse: {
      name: 'Rinse',
      ask: 'Keep hands and cups away from the outlets until the rinse ends.',
      send: 'Rinse',
      waits: {
        proof: 'waiting for the rinse record',
      },
      steps: {
        rinsed: 'rinse recorded; by the machine’s clock {{after}} after the command or later',
        rinseFailed: 'failed rinse recorded; by the machine’s clock {{after}} after the command or later',
        rinsedEarlier: 'a rinse is recorded, but it may belong to an earlier command',
        rinsedSometime: 'a rinse is recorded, but by the machine’s clock it may be older than the command',
      },
    },
    reboot: {
      name: 'Restart',
      ask: 'A drink in progress is lost. Crema waits for the next login.',
      send: 'Restart',
      waits: {
        close: 'waiting for the connection to close',
        login: 'waiting for login',
        notice: 'waiting for the machine to accept the command',
      },
    },
    queryStatus: {
      name: 'Query status',
      ask: 'The machine reports its status.',
      send: 'Query status',
      waits: {
        proof: 'waiting for the status',
      },
      steps: {
        statusReported:
          'status “{{status}}” reported {{after}} after the query; the machine updates it every 3 minutes',
      },
      absent: {
        android: 'Android machines have no query command. “Sync” makes them reconnect and report everything.',
      },
    },
    fetchFile: {
      name: 'Fetch a file',
      ask: 'The machine sends the file to this computer over HTTP. Nothing on it changes.',
      send: 'Fetch a file',
      says: {
        log: 'Fetch the log of {{day}}',
        recipe: 'Fetch the recipes',
        product: 'Fetch the product list',
        eva: 'Fetch the EVA data',
        config: 'Fetch the configuration',
      },
      steps: {
        fileArrived: 'file complete: {{file}}, {{bytes}}, from {{remoteAddress}}',
        tooLarge: 'upload from {{remoteAddress}} refused after {{bytes}}: too large',
        noFile: 'upload from {{remoteAddress}} refused after {{bytes}}: it contained no file',
        empty: 'upload from {{remoteAddress}} refused after {{bytes}}: the file was empty',
        severalFiles: 'upload from {{remoteAddress}} refused after {{bytes}}: it contained several files',
        malformed: 'upload from {{remoteAddress}} refused after {{bytes}}: the form was incomplete',
        notFromMachine: 'upload from {{remoteAddress}} refused: the machine’s connection has another address',
        otherMachine:
          'upload from {{remoteAddress}} refused after {{bytes}}: it named another machine number',
        broke: 'upload from {{remoteAddress}} lost after {{bytes}}: it was interrupted',
        notWritten: 'upload from {{remoteAddress}} lost after {{bytes}}: this computer could not write it',
      },
      waits: { file: 'waiting for the file' },
      form: {
        type: 'File',
        option: {
          log: 'Log of a day',
          recipe: 'Recipes',
          product: 'Product list',
          eva: 'EVA data',
          config: 'Configuration',
        },
        day: 'Day, by the machine’s clock',
        noDay: 'Choose a day.',
      },
      absent: { linux: 'Linux machines have no known command to fetch a file.' },
    },
    sync: {
      name: 'Sync',
      ask: 'The machine reconnects, logs in, and reports its door, its supplies and missing materials.',
      send: 'Sync',
      waits: {
        proof: 'waiting for the login and the reports',
      },
      steps: {
        allReported: 'reported everything {{after}} after the command',
        reportedUnnoticed:
          'reconnected and reported everything {{after}} after the command; without a notice, the machine may have reconnected by itself',
        reportedAnyway:
          'reported everything {{after}} after the command, but without a reconnect; this confirms nothing',
        connectedAnew: 'reconnected',
      },
      absent: {
        linux: 'Linux machines have no reconnect command. Use “Query status” and “Query supplies”.',
      },
    },
    restartPart: {
      name: 'Restart a part',
      ask: '“Ice maker” restarts only that part; the others restart the program, and a drink in progress is lost.',
      send: 'Restart a part',
      says: {
        part: 'Restart: {{part}}',
      },
      waits: {
        login: 'waiting for login',
        notice: 'waiting for the machine to accept the command',
      },
      form: {
        part: 'Part',
        partValues: {
          ice: 'ice maker',
          app: 'program',
          stum: 'stum',
          all: 'all',
        },
      },
      absent: { linux: 'Linux machines restart only as a whole. Use “Restart”.' },
    },
    querySupplies: {
      name: 'Query supplies',
      ask: 'The machine reports its supplies.',
      send: 'Query supplies',
      waits: {
        proof: 'waiting for the supplies',
      },
      steps: {
        suppliesReported: 'supplies reported',
        noAnswer: 'no answer: machines that do not count their stock send none',
      },
      absent: {
        android: 'Android machines have no query command. “Sync” makes them reconnect and report everything.',
      },
    },
    upgrade: {
      name: 'Upgrade',
      ask: 'Keep Crema running until the machine logs in with the new version.',
      send: 'Upgrade',
      says: {
        package: 'Upgrade to {{version}} ({{file}})',
      },
      waits: {
        download: 'waiting until the download is complete',
        again: 'waiting for the machine to download again',
        install: 'waiting for installation and login',
        notInstalled: 'restarted without it, still with version {{version}}; it may still install',
        failure: 'downloaded; waiting for a possible failure report',
      },
      steps: {
        updateXmlFetched: 'update.xml downloaded by {{remoteAddress}}',
        downloadBegan: 'download of {{total}} started',
        downloadEnded: '{{sent}} downloaded',
        downloadResumed: 'resumed at {{from}}',
        downloadPart: 'only partly downloaded: {{sent}}',
        fetchedElsewhere: 'requested by {{remoteAddress}}, which is not this machine’s address',
        downloadRefused: 'requested by {{remoteAddress}}; this computer answered {{status}} and sent nothing',
        downloadBroke: 'download interrupted after {{sent}} of {{total}}',
        versionConfirmed: 'downloaded the package, and logged in with version {{version}}',
        versionNew:
          'logged in with version {{version}}, no longer {{before}}; no download from this computer was seen',
        alreadyThere: 'reports version {{version}}, as before; nothing confirms that the new package runs',
        notApplied:
          'restarted after the download and logged in with version {{version}}, as before: not installed ({{expected}} expected)',
        versionSame: 'the machine reconnected, still with version {{version}}',
        versionDiffers: 'logged in with version {{version}}, not {{expected}}',
      },
      form: {
        packages: 'Package',
        from: 'The machine runs {{version}} now.',
        fromUnknown: 'The machine has not reported its version yet.',
        fromDoubt: 'The version is uncertain: {{what}}.',
        same: 'The machine runs this version already.',
        size: '{{size}}, added {{date}}',
        hidden_one:
          '{{count, number}} other package does not fit this machine, or is incomplete: see Upgrades.',
        hidden_other:
          '{{count, number}} other packages do not fit this machine, or are incomplete: see Upgrades.',
        none: 'No package fits this machine.',
        gone: 'The chosen package was removed, or does not fit. Choose another.',
        forThis:
          'The ZIP does not name its program. Crema treats it as a package for {{platform}}, like this machine.',
        wrongPlatform: '{{file}} is for {{platform}}, not for this machine.',
        incomplete: 'Something is missing for {{file}}. Complete it under Upgrades.',
      },
    },
  } satisfies CommandTexts,
} as const;
