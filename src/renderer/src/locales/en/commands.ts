/** Commands: one entry per command with all its texts. Texts about sales are in salesCommands.ts, common texts in anyCommand.ts. */
import type { CommandTexts } from '../commandTexts';
import { salesCommands } from './salesCommands';

export const commands = {
  command: {
    ...salesCommands,
    openDoor: {
      name: 'Open door',
      ask: 'Someone must be at the machine to see to it and to close the door again.',
      send: 'Open the door',
      says: {
        spelled: 'Open door (spelled “{{spelling}}”)',
      },
      waits: {
        proof: 'waiting for it to report the door open',
        doorUnknown:
          'waiting for the report “door open”. It can’t prove anything: no “door closed” was reported on this connection',
      },
      steps: {
        doorOpened:
          'door reported open {{after}} after the command; the machine does not report who opened it, or when',
        openUnproved:
          'door reported open {{after}} after the command; this proves nothing: it may have opened before the command',
        otherSpelling: 'given up for the other spelling',
      },
      retry: {
        why: 'The machine has not reported its door open for {{time}}. Some linux programs know the command only as “{{spelling}}”.',
        send: 'Send “{{spelling}}”',
      },
    },
    makeDrink: {
      name: 'Brew',
      ask: 'A real drink that nobody pays for. Put a cup under the outlet; mind the hot water.',
      send: 'Brew it',
      says: {
        drink: 'Brew product {{productId}}, strong {{strength}}, milk {{milk}}, sugar {{sugar}}',
        named: 'Brew {{name}} ({{productId}}), strong {{strength}}, milk {{milk}}, sugar {{sugar}}',
      },
      waits: {
        proof: 'waiting for the drink',
      },
      steps: {
        otherDrink:
          'a customer’s drink ended under this order number (product {{productId}}, paid by “{{payType}}”); this proves nothing',
        freeDrink:
          'product {{productId}} was made free of charge under order {{orderNo}}; in free mode this can be the ordered drink or a customer’s',
        drinkEarlier: 'order {{orderNo}} may belong to the drink ordered before; this proves nothing',
        drinkOfServer:
          'the machine’s real server ordered this product too; order {{orderNo}} may belong to it and proves nothing',
        drinkSometime: 'order {{orderNo}} may have begun before the command; this proves nothing',
        drinkRefused: 'machine refuses the drink: {{status}}',
      },
      notNow: {
        customerOrders:
          'Order {{orderNo}} of a customer is open. The machine would drop it: the customer would pay and get nothing. Wait until it ends, or 5 min.',
      },
      form: {
        productId: 'Product id or name',
        productIdNote: 'As in the machine’s menu, such as 801.',
        fastcode: 'Fastcode',
        strength: 'Strength',
        milk: 'Milk',
        sugar: 'Sugar',
        scaleNote: '0 none, 5 most. A machine ignores what the recipe does not offer.',
      },
    },
    rinse: {
      name: 'Rinse',
      ask: 'Keep hands and cups away from the outlets until it has ended.',
      send: 'Rinse',
      waits: {
        proof: 'waiting for its rinsing record',
      },
      steps: {
        rinsed: 'a rinse is recorded, by the machine’s clock {{after}} after the command or later',
        rinseFailed:
          'a rinse that failed is recorded, by the machine’s clock {{after}} after the command or later',
        rinsedEarlier: 'a rinse is recorded that may be the one ordered before',
        rinsedSometime:
          'a rinse is recorded, but by the machine’s clock it may have happened before the command',
      },
    },
    reboot: {
      name: 'Reboot',
      ask: 'A drink that is being made is lost. Crema waits for the next login.',
      send: 'Reboot',
      waits: {
        close: 'waiting for the connection to close',
        login: 'waiting for login',
        notice: 'waiting until the machine reports that it took the command',
      },
    },
    queryStatus: {
      name: 'Ask status',
      ask: 'The machine is asked for its status.',
      send: 'Ask',
      waits: {
        proof: 'waiting for its status',
      },
      steps: {
        statusReported:
          'status “{{status}}” reported {{after}} after the question; the machine updates it every 3 minutes',
      },
      absent: { android: 'android has no query command. “Sync” makes it reconnect and report everything.' },
    },
    fetchFile: {
      name: 'Fetch a file',
      ask: 'The machine sends the file to this computer over HTTP. Nothing on it changes.',
      send: 'Fetch',
      says: {
        log: 'Fetch the log of {{day}}',
        recipe: 'Fetch the recipes',
        product: 'Fetch the product list',
        eva: 'Fetch the EVA data',
        config: 'Fetch the configuration',
      },
      steps: {
        fileArrived: 'the file came whole: {{file}}, {{bytes}}, from {{remoteAddress}}',
        tooLarge: 'not taken from {{remoteAddress}} after {{bytes}}: it is too large',
        noFile: 'not taken from {{remoteAddress}} after {{bytes}}: there was no file in it',
        empty: 'not taken from {{remoteAddress}} after {{bytes}}: the file was empty',
        severalFiles: 'not taken from {{remoteAddress}} after {{bytes}}: there were several files in it',
        malformed: 'not taken from {{remoteAddress}} after {{bytes}}: it was no whole form',
        notFromMachine:
          'a file from {{remoteAddress}} was refused: the machine’s connection has another address',
        otherMachine: 'not taken from {{remoteAddress}} after {{bytes}}: it said another machine’s number',
        broke: 'not taken from {{remoteAddress}} after {{bytes}}: it broke off',
        notWritten:
          'not taken from {{remoteAddress}} after {{bytes}}: it could not be written on this computer',
      },
      waits: { file: 'waiting for the file' },
      form: {
        type: 'What',
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
      absent: { linux: 'No linux command is known that hands out a file.' },
    },
    sync: {
      name: 'Sync',
      ask: 'The machine reconnects, logs in and reports its door, its supplies and what is missing.',
      send: 'Reconnect the machine',
      waits: {
        proof: 'waiting for it to log in and report',
      },
      steps: {
        allReported: 'reported everything {{after}} after the command',
        reportedUnnoticed:
          'reconnected and reported everything {{after}} after the command; without a notice, it may have reconnected by itself',
        reportedAnyway:
          'reported everything {{after}} after the command, but did not reconnect for it; this proves nothing',
        connectedAnew: 'reconnected',
      },
      absent: {
        linux: 'For linux use “Ask status” and “Ask supplies”; linux has no command to reconnect.',
      },
    },
    restartPart: {
      name: 'Restart a part',
      ask: '“Ice maker” restarts only that part. The other choices restart the machine’s program: it logs in again, and a drink in progress is lost.',
      send: 'Restart it',
      says: {
        part: 'Restart: {{part}}',
      },
      waits: {
        login: 'waiting for login',
        notice: 'waiting until the machine reports that it took the command',
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
      absent: { linux: 'linux restarts as a whole only: “Reboot”.' },
    },
    querySupplies: {
      name: 'Ask supplies',
      ask: 'The machine is asked for its supplies.',
      send: 'Ask',
      waits: {
        proof: 'waiting for its supplies',
      },
      steps: {
        suppliesReported: 'supplies reported',
        noAnswer: 'no answer: a machine that does not count its stock sends none',
      },
      absent: { android: 'android has no query command. “Sync” makes it reconnect and report everything.' },
    },
    upgrade: {
      name: 'Upgrade',
      ask: 'It fetches the package from this computer, installs it and restarts. Keep Crema running and the machine switched on. Only a login with the new version counts as done.',
      send: 'Upgrade',
      says: {
        package: 'Upgrade to {{version}} ({{file}})',
      },
      waits: {
        download: 'waiting for its download',
        again: 'waiting for it to fetch again',
        install: 'waiting for it to install and log in',
        failure: 'downloaded; waiting in case the machine reports a failure',
      },
      notNow: {
        noPackage: 'No upgrade package yet. Add one under Upgrades.',
      },
      steps: {
        updateXmlFetched: 'update.xml fetched by {{remoteAddress}}',
        downloadBegan: 'download of {{total}} began',
        downloadEnded: '{{sent}} downloaded',
        downloadResumed: 'resumed at {{from}}',
        downloadPart: 'only a part fetched: {{sent}}',
        fetchedElsewhere: 'asked for by {{remoteAddress}}, which is not this machine’s address',
        downloadRefused: 'asked for by {{remoteAddress}}; this computer answered {{status}} and sent nothing',
        downloadBroke: 'download broke off after {{sent}} of {{total}}',
        versionConfirmed: 'fetched the package, and logged in with version {{version}}',
        versionNew:
          'logged in with version {{version}}, no longer {{before}}; that it fetched the package here was not seen',
        alreadyThere:
          'says version {{version}}, which it said before as well: whether it runs the new package, nothing proves',
        notApplied:
          'restarted after the download and logged in with version {{version}}, as before: not applied ({{expected}} expected)',
        versionSame: 'reconnected with version {{version}}, as before',
        versionDiffers: 'logged in with version {{version}}, not {{expected}}',
      },
      form: {
        packages: 'Package',
        from: 'The machine runs {{version}} now.',
        fromUnknown: 'The machine has not reported its version yet.',
        fromDoubt: 'The version is not certain: {{what}}.',
        same: 'The machine runs this version already.',
        size: '{{size}}, added {{date}}',
        noVersion: 'Version not said yet: see Upgrades',
        noPlatform: 'Not said whether for Linux or Android: see Upgrades',
        wrongPlatform: 'For {{platform}} machines',
        none: 'No package fits this machine.',
        gone: 'The package that was chosen is not here any more, or does not fit. Choose another.',
      },
    },
  } satisfies CommandTexts,
} as const;
