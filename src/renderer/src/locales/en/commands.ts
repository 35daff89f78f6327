/** Commands: one entry per command with all that is said about it; what is said of any stands in anyCommand.ts. */
import type { commands as rows, CommandName } from '#shared/commands/index';
import { longQr } from '#shared/limits';
import type { Platform } from '#shared/model/machine';

interface Texts {
  readonly name: string;
  /** What a person is told before it is sent. */
  readonly ask: string;
  /** On the button that sends it. */
  readonly send: string;
  /** Labels of its form. */
  readonly form?: Readonly<Record<string, unknown>>;
  /** Why a program has no such command, where more is to be said than that. */
  readonly absent?: Readonly<Partial<Record<Platform, string>>>;
  /** Of another try after a while without proof. */
  readonly retry?: { readonly why: string; readonly send: string };
}
type All<Keys extends string> = Readonly<Record<Keys, string>>;
/** With every word that its row can say: what was asked (`says`), what it waits for, why not now, its own steps. */
type TextsOf<Row> = Row extends { readonly steps: infer Own; readonly words?: infer Word }
  ? Texts &
      (Word extends {
        readonly full: infer Full extends string;
        readonly waiting: infer Wait extends string;
        readonly why: infer Why extends string;
      }
        ? { readonly waits: All<Wait> } & ([Full] extends [never] ? unknown : { readonly says: All<Full> }) &
            ([Why] extends [never] ? unknown : { readonly notNow: All<Why> })
        : unknown) &
      ([keyof Own] extends [never] ? unknown : { readonly steps: All<keyof Own & string> })
  : never;
type CommandTexts = { readonly [Name in CommandName]: TextsOf<(typeof rows)[Name]> };

export const commands = {
  command: {
    openDoor: {
      name: 'Open door',
      ask: 'Someone must be at the machine to see to it and to close the door again.',
      send: 'Open the door',
      says: {
        spelled: 'Open door (spelled “{{spelling}}”)',
      },
      waits: {
        proof: 'waiting for it to report the door open',
      },
      steps: {
        doorOpened: 'door reported open {{after}} after the command',
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
        drinkRefused: 'machine refuses the drink: {{status}}',
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
        rinsed: 'a rinse is recorded, by the machine’s clock {{after}} after the command',
        rinseFailed: 'a rinse that failed is recorded, by the machine’s clock {{after}} after the command',
      },
    },
    reboot: {
      name: 'Reboot',
      ask: 'A drink that is being made is lost. Crema waits for the next login.',
      send: 'Reboot',
      waits: {
        close: 'waiting for the connection to close',
        login: 'waiting for login',
      },
    },
    setPrices: {
      name: 'Prices',
      ask: 'It takes the prices below. Each is confirmed when a customer next asks for a QR code for it, or by a product list that is fetched later.',
      send: 'Set prices',
      says: {
        one: 'Price of product {{first}}: {{price}}',
        many: 'Prices of {{count, number}} products',
      },
      waits: {
        product: 'waiting for a QR request of 1 product',
        products: 'waiting for QR requests of {{count, number}} products',
      },
      steps: {
        pricesListed: 'its product list has {{listed, number}} of the new prices',
        pricesDiffer:
          'its product list has other prices ({{differing, number}}): product {{productId}} for {{amount}}, not for {{expected}}',
      },
      form: {
        table: 'New prices',
        product: 'Product id',
        price: 'Price',
        priceIn: 'Price ({{unit}})',
        fen: 'fen = 1/100 {{currency}}',
        unit: 'Prices are in',
        unitOf: { yuan: '{{unit}}, such as 9.50', fen: '{{unit}}, such as 950' },
        unitMissing: 'Say what the prices that were brought in are in.',
        type: 'Type',
        change: 'What it changes',
        typeNote: 'Type 0–3 as the machine program numbers them; 0 where nothing else is known.',
        paste:
          'Paste rows from a spreadsheet into any cell, or read a CSV file: product id and price, or columns headed so.',
        file: 'Read a CSV file',
        fileRead: '{{file}} was read.',
        fileBroken: '{{file}} was read, but for lines that are no row of a table: {{lines}}.',
        fill: 'Add all known products',
        clear: 'Empty the table',
        remove: 'Remove row {{row}}',
        cell: '{{column}}, row {{row}}',
        none: 'Type at least one product and its price.',
        ready_one: '{{count, number}} price',
        ready_other: '{{count, number}} prices',
        frames_one: 'sent in {{count, number}} frame',
        frames_other: 'sent in {{count, number}} frames',
        counts: '{{changed, number}} changed, {{same, number}} as now, {{unknown, number}} not known before.',
        same: 'as now',
        unknown: 'its price now is not known',
        unproved: '{{amount}} was sent {{at}} and is not proved yet',
        suspicious: {
          high: 'These prices are far higher than usual. Are they really in {{unit}}?',
          low: 'These prices are far lower than usual. Are they really in {{unit}}?',
        },
        cut: 'A machine that restarts at the first frame may not hear the others: only the prices that customers are then asked for are confirmed.',
        wrong_one: '{{count, number}} row is wrong',
        wrong_other: '{{count, number}} rows are wrong',
        tooMany: 'At most {{max}} prices at once.',
        bad: {
          product: 'Product id: a whole number from {{min}} to {{max}}',
          price: 'Price: such as 10.00, at most 100000.00',
          fen: 'Price in fen: a whole number such as 950, at most 10000000',
          type: 'Type: 0, 1, 2 or 3',
          twice: 'Product {{product}} is in the table twice',
        },
        free: 'Price 0: the machine gives it away without asking for payment.',
      },
    },
    setDiscount: {
      name: 'Discount',
      ask: 'It takes the discount. Confirmed when a customer next asks for a QR code at the reduced price, or by a product list that is fetched later and says it.',
      send: 'Set discount',
      says: {
        percent: 'Discount: {{percent}}% of the price',
      },
      waits: {
        proof: 'waiting for a QR request with the discount',
      },
      steps: {
        discountListed: 'its product list has the discount ({{listed, number}} products)',
        discountDiffers:
          'its product list has another discount ({{differing, number}}): product {{productId}} at {{percent}}%, not at {{wanted}}%',
      },
      form: {
        percent: 'Customers pay (% of the price)',
        preview: '{{price}} becomes {{amount}}. 80 takes a fifth off, 100 means no discount.',
      },
    },
    lockProducts: {
      name: 'Off the menu',
      ask: 'Customers no longer see these products. Their recipes and prices stay in the machine.',
      send: 'Take off',
      says: {
        one: 'Take product {{first}} off the menu',
        many: 'Take {{count, number}} products off the menu: {{list}}',
      },
      waits: {
        proof: 'waiting for the machine’s word that it takes it, or its product list',
      },
      steps: {
        menuListed: 'its product list has them off the menu ({{listed, number}})',
        menuDiffers:
          'its product list has some on the menu still ({{differing, number}}): product {{productId}}',
      },
      form: {
        productIds: 'Product ids or names',
        productIdsNote: 'As in the machine’s menu, with commas between them: 101, 102.',
      },
      absent: { linux: 'No linux command is known that changes the menu.' },
    },
    unlockProducts: {
      name: 'On the menu',
      ask: 'Customers see these products again and can buy them.',
      send: 'Put on',
      says: {
        one: 'Put product {{first}} on the menu',
        many: 'Put {{count, number}} products on the menu: {{list}}',
      },
      waits: {
        proof: 'waiting for the machine’s word that it takes it, or its product list',
      },
      steps: {
        menuListed: 'its product list has them on the menu ({{listed, number}})',
        menuDiffers:
          'its product list has some off the menu still ({{differing, number}}): product {{productId}}',
      },
      form: {
        productIds: 'Product ids or names',
        productIdsNote: 'As in the machine’s menu, with commas between them: 101, 102.',
      },
      absent: { linux: 'No linux command is known that changes the menu.' },
    },
    refill: {
      name: 'Refill',
      ask: 'It counts with what was filled in, or taken out. Fill the canisters first: this changes the numbers only.',
      send: 'Change the stock',
      says: {
        one: 'Stock: {{material}} {{by}}',
        many: 'Stock: {{material}} {{by}}, and {{count, number}} more',
      },
      waits: {
        record: 'waiting for its refill record',
        sum: 'waiting for it to report the sum',
        warning: 'waiting for it to take its warning back',
      },
      notNow: {
        notCounted: 'The machine does not count {{material}}: nothing can be added to it.',
      },
      steps: {
        refillRecorded: 'a refill is recorded {{after}} after the command',
        sumReported: 'reported what there was and the change together, {{after}} after the command',
        sumDiffers: 'reported {{amountLeft}} of {{material}}, not {{sum}}',
        warningOver: 'took its warning about {{material}} back',
        warningStays: 'its warning was not taken back',
      },
      form: {
        material: 'Material',
        now: 'Reported',
        by: 'Added',
        byOf: 'Change of {{material}}',
        to: 'Or set right to',
        toOf: 'Amount of {{material}} now',
        sum: 'Then',
        note: 'Added with 200, taken out with -50; or what there is now, where the count was wrong. Empty lines stay as they are. A drink made meanwhile changes the sum.',
        noteMany: 'Added with 200, taken out with -50, on each machine. Empty lines stay as they are.',
        notCounted: 'not counted',
        wrong: {
          by: {
            bad: 'A whole number from {{min}} to {{max}}, not 0.',
            both: 'Type one of the two.',
            same: 'That changes nothing.',
          },
          to: {
            bad: 'A whole number from 0 to {{max}}.',
            both: 'Type one of the two.',
            same: 'The machine counts that already.',
          },
        },
        floor: 'nothing falls below 0',
        none: 'The machine has not reported its supplies yet, so there is nothing to add to.',
      },
      absent: { linux: 'No linux command is known that changes the stock.' },
    },
    answerQr: {
      name: 'Answer QR request',
      ask: 'The machine shows this text as a QR code.',
      send: 'Send',
      says: {
        text: 'Answer QR request ({{qrType}}) of order {{orderNo}}',
      },
      waits: {
        proof: 'sending',
      },
      form: {
        title: 'Answer the QR request',
        titleAgain: 'Answer again',
        type: 'Payment type',
        text: 'QR text',
        length: '{{length}} of {{max}} characters',
        long: `{{length}} characters: over ${longQr} the machine may not show the code.`,
        test: 'Test text',
        send: 'Send QR text',
        empty: 'A QR code needs a text.',
        tooLong: 'At most {{max}} characters are sent.',
      },
    },
    payResult: {
      name: 'Payment result',
      ask: 'The machine acts as if this were the word of the payment service. No money moves.',
      send: 'Send',
      says: {
        paid: 'Tell it that order {{orderNo}} is paid: {{amount}}, {{payType}}',
        notPaid: 'Tell it that order {{orderNo}} is not paid',
      },
      waits: {
        proof: 'waiting for the machine to confirm',
      },
      steps: {
        acknowledged: 'machine has the payment result',
        refusedPayment: 'machine refuses the payment result: {{status}}',
        answeredOne:
          'machine answers one of the payment results it was told for this order ({{status}}); which one, it does not say',
        saidStatus: 'machine answers {{status}}, which is not known to mean anything',
      },
      form: {
        title: 'Play the payment',
        result: 'Result',
        paid: 'Paid',
        notPaid: 'Not paid',
        amount: 'Amount ({{currency}})',
        amountWrong: 'Such as 10.00, at most 100000.00',
        type: 'Payment type',
        typeWrong: 'Such as wx_pub',
        send: 'Play it',
        askPaid:
          'Machine {{vmcNo}} is told that {{amount}} was paid with {{type}}, and makes the drink as if it were so. Put a cup.',
        askNotPaid: 'Machine {{vmcNo}} is told that this order is not paid, and drops it.',
        yesPaid: 'Tell it: paid',
        yesNotPaid: 'Tell it: not paid',
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
        statusReported: 'status reported {{after}} after the question',
      },
      absent: { android: 'android knows no question. “Sync” has it report everything, by connecting anew.' },
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
      ask: 'Connected anew, it logs in and reports its door, its supplies and what it lacks.',
      send: 'Have it connect anew',
      waits: {
        proof: 'waiting for it to log in and report',
      },
      steps: {
        allReported: 'all reported {{after}} after the command',
        connectedAnew: 'connected anew',
      },
      absent: {
        linux: 'linux is asked by “Ask status” and “Ask supplies”; it has no command to connect anew.',
      },
    },
    restartPart: {
      name: 'Restart a part',
      ask: 'Of the cup unit, the I/O board and the ice maker only that part restarts, and a drink that is being made is lost. With the others the program begins anew and logs in.',
      send: 'Restart it',
      says: {
        part: 'Restart: {{part}}',
      },
      waits: {
        login: 'waiting for login',
        notice: 'waiting for the machine’s word that it takes it',
      },
      form: {
        part: 'Part',
        partValues: {
          cup: 'cup unit',
          io: 'I/O board',
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
      },
      absent: { android: 'android knows no question. “Sync” has it report everything, by connecting anew.' },
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
        notice: 'waiting for the machine’s word that it is done',
      },
      notNow: {
        noPackage: 'No upgrade package yet. Add one under Upgrades.',
      },
      steps: {
        updateXmlFetched: 'update.xml fetched by {{remoteAddress}}',
        downloadBegan: 'download of {{total}} began',
        downloadEnded: '{{sent}} downloaded',
        downloadResumed: 'goes on from {{from}}',
        downloadPart: 'only a part fetched: {{sent}}',
        fetchedElsewhere: 'asked for by {{remoteAddress}}, which is not this machine’s address',
        downloadBroke: 'download broke off after {{sent}} of {{total}}',
        versionConfirmed: 'fetched the package, and logged in with version {{version}}',
        versionNew:
          'logged in with version {{version}}, no longer {{before}}; that it fetched the package here was not seen',
        alreadyThere:
          'says version {{version}}, which it said before as well: whether it runs the new package, nothing proves',
        notApplied:
          'restarted after the download and logged in with version {{version}}, as before: not applied ({{expected}} expected)',
        versionSame: 'connected anew with version {{version}}, as before',
        versionDiffers: 'logged in with version {{version}}, not {{expected}}',
      },
      form: {
        packages: 'Package',
        from: 'The machine runs {{version}} now.',
        fromUnknown: 'The machine has not said its version yet.',
        same: 'The machine runs this version already.',
        size: '{{size}}, added {{date}}',
        noVersion: 'Version not said yet: see Upgrades',
        noPlatform: 'Not said whether for Linux or Android: see Upgrades',
        wrongPlatform: 'For {{platform}} machines',
        none: 'No package fits this machine.',
      },
    },
  } satisfies CommandTexts,
} as const;
