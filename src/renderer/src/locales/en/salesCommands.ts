/** Commands about what is sold, for how much, and how it is paid; the others and the form of all stand in commands.ts. */
import { longQr } from '#shared/limits';

export const salesCommands = {
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
} as const;
