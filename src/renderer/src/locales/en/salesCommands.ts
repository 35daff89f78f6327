/** Commands about what a machine sells: prices, menu, stock and payments. */
import { longQr } from '#shared/limits';
import type { CommandTexts } from '../commandTexts';

export const salesCommands = {
  setPrices: {
    name: 'Prices',
    ask: 'Each price is confirmed when a customer requests its QR code, or by a product list fetched later.',
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
      pricesListed: 'the product list shows {{listed, number}} of the new prices',
      pricesDiffer:
        'the product list shows other prices ({{differing, number}}): product {{productId}} for {{amount}}, not for {{expected}}',
    },
    form: {
      table: 'New prices',
      product: 'Product id',
      price: 'Price',
      priceIn: 'Price ({{unit}})',
      fen: 'fen = 1/100 {{currency}}',
      unit: 'Prices are in',
      unitOf: { yuan: '{{unit}}, such as 9.50', fen: '{{unit}}, such as 950' },
      unitMissing: 'Choose the unit of the imported prices.',
      type: 'Type',
      change: 'Product, change',
      typeNote: 'Type 0–3, as numbered by the machine’s program. If unsure, use 0.',
      paste:
        'Paste rows from a spreadsheet into any cell, or read a CSV file: product id and price, or columns with such headings.',
      machineColumn: 'With a column of machine numbers, each machine gets its own prices.',
      file: 'Read a CSV file',
      fileRead: '{{file}} was read.',
      fileBroken: '{{file}} was read, except for lines that are not table rows: {{lines}}.',
      now: 'Current',
      fileAsk: 'The file replaces all rows of the table.',
      ignored: 'Columns not used: {{columns}}.',
      otherMachines_one: '{{count, number}} line for another machine was not used.',
      otherMachines_other: '{{count, number}} lines for other machines were not used.',
      perMachine:
        '{{file}} has prices per machine, so it was not read. Select the machines in the table of machines, and read it there.',
      perMachineTooLong: 'These are more prices than one run can have. Select fewer machines.',
      noLines: 'The file has no prices for: {{machines}}. These machines are left out.',
      unpriced_one: '{{count, number}} product without a price is not sent.',
      unpriced_other: '{{count, number}} products without a price are not sent.',
      fill: 'Add all known products',
      clear: 'Clear table',
      remove: 'Remove row {{row}}',
      cell: '{{column}}, row {{row}}',
      none: 'Enter at least one product and its price.',
      ready_one: '{{count, number}} price',
      ready_other: '{{count, number}} prices',
      frames_one: 'sent in {{count, number}} frame',
      frames_other: 'sent in {{count, number}} frames',
      counts:
        '{{prices}}, {{frames}}: {{changed, number}} changed, {{same, number}} unchanged, {{unknown, number}} without a known price.',
      same: 'unchanged',
      unknown: 'current price unknown',
      unproved: '{{amount}} was sent {{at}} and is not confirmed yet',
      suspicious: {
        high: 'These prices are far higher than usual. Are they really in {{unit}}?',
        low: 'These prices are far lower than usual. Are they really in {{unit}}?',
      },
      cut: 'A machine that restarts at the first frame may not receive the others. Only prices that customers then request are confirmed.',
      wrong_one: '{{count, number}} row is incomplete or wrong.',
      wrong_other: '{{count, number}} rows are incomplete or wrong.',
      pasted: 'The pasted table',
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
      free: 'Price 0: the machine asks for no payment and gives the drink away.',
    },
  },
  setDiscount: {
    name: 'Discount',
    ask: 'It is confirmed by QR requests for two products at different reduced prices, or by a product list.',
    send: 'Set discount',
    says: {
      percent: 'Discount: {{percent}}% of the price',
    },
    waits: {
      proof: 'waiting for discounted QR requests of two products',
    },
    steps: {
      discountListed: 'the product list shows the discount ({{listed, number}} products)',
      discountDiffers:
        'the product list shows another discount ({{differing, number}}): product {{productId}} at {{percent}}%, not at {{wanted}}%',
    },
    form: {
      percent: 'Customers pay (% of the price)',
      preview: '{{price}} becomes {{amount}}. 80 takes a fifth off, 100 means no discount.',
    },
  },
  lockProducts: {
    name: 'Take off menu',
    ask: 'Customers no longer see these products. Recipes and prices stay in the machine.',
    send: 'Take off menu',
    says: {
      one: 'Take product {{first}} off the menu',
      many: 'Take {{count, number}} products off the menu: {{list}}',
    },
    waits: {
      proof: 'waiting for the machine to accept it, or for its product list',
    },
    steps: {
      menuListed: 'the product list shows them off the menu ({{listed, number}})',
      menuDiffers:
        'the product list shows some still on the menu ({{differing, number}}): product {{productId}}',
    },
    form: {
      productIds: 'Product ids or names',
      productIdsNote: 'As in the machine’s menu, separated by commas: 101, 102.',
    },
    absent: { linux: 'Linux machines have no known command to change the menu.' },
  },
  unlockProducts: {
    name: 'Put on menu',
    ask: 'Customers see these products again and can buy them.',
    send: 'Put on menu',
    says: {
      one: 'Put product {{first}} on the menu',
      many: 'Put {{count, number}} products on the menu: {{list}}',
    },
    waits: {
      proof: 'waiting for the machine to accept it, or for its product list',
    },
    steps: {
      menuListed: 'the product list shows them on the menu ({{listed, number}})',
      menuDiffers:
        'the product list shows some still off the menu ({{differing, number}}): product {{productId}}',
    },
    form: {
      productIds: 'Product ids or names',
      productIdsNote: 'As in the machine’s menu, separated by commas: 101, 102.',
    },
    absent: { linux: 'Linux machines have no known command to change the menu.' },
  },
  refill: {
    name: 'Refill',
    ask: 'Only the numbers in the machine change. Fill the canisters first.',
    send: 'Change stock',
    says: {
      one: 'Stock: {{material}} {{by}}',
      many: 'Stock: {{material}} {{by}}, and {{count, number}} more',
    },
    waits: {
      record: 'waiting for the refill record',
      sum: 'waiting for the new amount',
      warning: 'waiting for the machine to clear its warning',
    },
    notNow: {
      notCounted: 'The machine does not count {{material}}, so its amount can’t change.',
    },
    steps: {
      refilledEarlier: 'a refill is recorded, but it may belong to an earlier command',
      refilledSometime:
        'the same refill is recorded, but by the machine’s clock it may be older than the command',
      notCounted: 'the machine does not count {{material}}, so its amount does not change',
      refillRecorded: 'refill recorded {{after}} after the command',
      sumReported: 'reported the expected amount {{after}} after the command',
      sumDiffers: 'reported {{amountLeft}} of {{material}}, not {{sum}}',
      warningOver: 'cleared its warning about {{material}}',
      warningStays: 'the warning was not cleared',
    },
    form: {
      material: 'Material',
      now: 'Reported',
      by: 'Added',
      byOf: 'Change of {{material}}',
      to: 'Or new amount',
      toOf: 'New amount of {{material}}',
      sum: 'Result',
      note: 'Enter 200 to add, -50 to remove, or the actual amount to correct a wrong count. Empty lines stay unchanged. A drink made meanwhile changes the result.',
      noteMany: 'Enter 200 to add on each machine, or -50 to remove. Empty lines stay unchanged.',
      notCounted: 'not counted',
      wrong: {
        by: {
          bad: 'A whole number from {{min}} to {{max}}, not 0.',
          both: 'Fill in one of the two.',
          same: 'This changes nothing.',
        },
        to: {
          bad: 'A whole number from 0 to {{max}}.',
          both: 'Fill in one of the two.',
          same: 'The machine already has this amount.',
        },
      },
      floor: 'minimum 0',
      none: 'The machine has not reported its supplies yet, so nothing can change.',
    },
    absent: { linux: 'Linux machines have no known command to change the stock.' },
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
      long: `{{length}} characters: over ${longQr}, the machine may not show the code.`,
      test: 'Test text',
      send: 'Send QR text',
      empty: 'Enter a text for the QR code.',
      tooLong: 'At most {{max}} characters are sent.',
    },
  },
  payResult: {
    name: 'Payment result',
    ask: 'The machine acts as if the payment service reported this. No money moves.',
    send: 'Send',
    says: {
      paid: 'Report order {{orderNo}} as paid: {{amount}}, {{payType}}',
      notPaid: 'Report order {{orderNo}} as not paid',
    },
    waits: {
      proof: 'waiting for the machine to answer',
    },
    steps: {
      acknowledged: 'the machine received the payment result',
      refusedPayment: 'the machine refused the payment result: {{status}}',
      answeredOne:
        'the machine answered one of several payment results for this order ({{status}}); nothing shows which one',
      paidOtherwise: 'drink made, but paid by {{payType}}: this does not confirm the payment result',
      saidStatus: 'the machine answered {{status}}, whose meaning is unknown',
    },
    form: {
      title: 'Rehearse the payment',
      result: 'Result',
      paid: 'Paid',
      notPaid: 'Not paid',
      amount: 'Amount ({{currency}})',
      amountWrong: 'Such as 10.00, at most 100000.00',
      type: 'Payment type',
      typeWrong: 'Such as wx_pub',
      send: 'Run payment rehearsal',
      askPaid:
        'Crema reports to machine {{vmcNo}} that {{amount}} was paid with {{type}}. The machine then makes the drink. Put a cup in place.',
      askNotPaid:
        'Crema reports to machine {{vmcNo}} that this order is not paid. The machine then drops it.',
      yesPaid: 'Report as paid',
      yesNotPaid: 'Report as not paid',
    },
  },
} as const satisfies Partial<CommandTexts>;
