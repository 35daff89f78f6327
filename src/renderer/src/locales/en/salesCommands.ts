/** Commands about what a machine sells: prices, menu, stock and payments. */
import { longQr } from '#shared/limits';
import type { CommandTexts } from '../commandTexts';

export const salesCommands = {
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
      pastedTooMuch:
        'The pasted text is too long: at most {{max}} lines and {{characters}} characters. Nothing was pasted.',
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
    ask: 'The machine takes the discount. Confirmed when customers request QR codes for two products at two different reduced prices, or when a product list fetched later shows it.',
    send: 'Set discount',
    says: {
      percent: 'Discount: {{percent}}% of the price',
    },
    waits: {
      proof: 'waiting for QR requests of two products with the discount',
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
      refilledEarlier: 'a refill is recorded that may be the one ordered before',
      refilledSometime:
        'the same refill is recorded, but by the machine’s clock it may have happened before the command',
      notCounted: 'the machine does not count {{material}}, so its stock does not change',
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
      paidOtherwise: 'drink made, but paid by {{payType}}: that says nothing of this payment result',
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
} as const satisfies Partial<CommandTexts>;
