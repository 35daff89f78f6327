/** Products that machines are known to sell, and the workshop's own list of products. */
import { longestName, mostOwnProducts } from '#shared/limits';
import type { ProductSource } from '#shared/model/knownProducts';
import type { RefusedProduct } from '#shared/model/ownProducts';

export const products = {
  products: {
    known: 'Products that this machine is known to sell',
    nothing:
      'Nothing is known yet of what is sold: type the number. It is learned from the machine’s orders, from a product list that it is asked for, and from the workshop’s list in Settings; for several machines at once, from that list alone.',
    choose: 'Enter takes the first one; arrows choose another.',
    noneNamed: 'Nothing known here is called “{{name}}”. Type the number.',
    noPrices: 'No price of this machine is known yet, so what they come to can’t be shown.',
    resulting: 'What known products would cost',
    from: {
      order: 'its orders',
      file: 'its product list',
      workshop: 'workshop list',
    } satisfies Record<ProductSource, string>,
    column: {
      product: 'Product',
      price: 'Price',
      after: 'Then',
      source: 'Known from',
      number: 'Number',
      name: 'Name',
      fastcode: 'Fastcode',
    },
    list: 'Products of the workshop',
    note: 'Names, prices and tastes for every machine. What a machine’s orders or its product list said later goes before.',
    none: 'No product yet. Add those you sell, or read in a file.',
    add: 'Add a product',
    edit: 'Edit product {{product}}',
    remove: 'Remove product {{product}}',
    removed: 'Product {{product}} is gone.',
    undo: 'Undo',
    toFile: 'Save as a file',
    fromFile: 'Read in a file',
    written: 'Saved as {{file}}.',
    read: '{{file}}: {{added, number}} added, {{changed, number}} changed, {{same, number}} as they were.',
    refused_one: '{{count, number}} product was refused, the rest was taken over:',
    refused_other: '{{count, number}} products were refused, the rest was taken over:',
    refusedAt: 'Line {{line}}, product {{product}}: {{why}}',
    refusedAtNoNumber: 'Line {{line}}: {{why}}',
    why: {
      noEntry: 'this is no product. Write it between braces, with “product” for its number.',
      noNumber: 'its number, “product”, is missing, or no whole number from 1 to 999999.',
      unknownMember:
        'a product has no “{{member}}”: it has product, name, fen (the price in 1/100) and fastcode.',
      wrongValue: '“{{member}}” is not what it may be.',
      tooLong: `its name is longer than ${longestName} characters.`,
      twice: 'the number stands in the file before; the first one counts.',
      tooMany: `there is room for ${mostOwnProducts} products.`,
    } satisfies Record<RefusedProduct['reason'], string>,
    form: {
      number: 'Product number',
      price: 'Price ({{currency}})',
      fastcodeNote: 'Strength, milk and sugar, each 0 to 5, such as 322. Empty: as it comes.',
      save: 'Save',
      cancel: 'Cancel',
      numberWrong: 'A whole number from 1 to 999999.',
      numberTaken: 'This product is in the list already: it is changed.',
      nameWrong: `At most ${longestName} characters.`,
      priceWrong: 'Such as 10.00, at most 100000.00',
      fastcodeWrong: 'Three digits from 0 to 5, such as 322.',
      full: `There is room for ${mostOwnProducts} products.`,
    },
  },
} as const;
