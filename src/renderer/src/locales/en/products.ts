/** Products that machines are known to sell, and the workshop's own list of products. */
import { longestName, mostOwnProducts } from '#shared/limits';
import type { ProductSource } from '#shared/model/knownProducts';
import type { RefusedProduct } from '#shared/model/ownProducts';

export const products = {
  products: {
    known: 'Known products of this machine',
    nothing:
      'No products are known yet. Enter the number. Products are learned from the machine’s orders, from a fetched product list, and from the products in Settings. For several machines only the latter apply.',
    choose: 'Enter takes the first one, arrow keys choose another.',
    noneNamed: 'No known product is called “{{name}}”. Enter the number.',
    noPrices: 'No price of this machine is known yet, so discounted prices can’t be shown.',
    resulting: 'Discounted prices of known products',
    from: {
      order: 'its orders',
      file: 'its product list',
      workshop: 'products in Settings',
    } satisfies Record<ProductSource, string>,
    column: {
      product: 'Product',
      price: 'Price',
      after: 'Discounted',
      source: 'Source',
      number: 'Number',
      name: 'Name',
      fastcode: 'Taste code',
    },
    list: 'Products',
    note: 'Names, prices and tastes for all machines. Newer data from a machine’s orders or product list takes precedence.',
    none: 'No products yet. Add yours, or import a file.',
    add: 'Add a product',
    edit: 'Edit product {{product}}',
    remove: 'Remove product {{product}}',
    removed: 'Product {{product}} was removed.',
    toFile: 'Export to file',
    fromFile: 'Import from file',
    written: 'Saved as {{file}}.',
    read: '{{file}}: {{added, number}} added, {{changed, number}} changed, {{same, number}} unchanged.',
    refused_one: '{{count, number}} product was refused, the rest was imported:',
    refused_other: '{{count, number}} products were refused, the rest was imported:',
    refusedAt: 'Line {{line}}, product {{product}}: {{why}}',
    refusedAtNoNumber: 'Line {{line}}: {{why}}',
    why: {
      noEntry: 'this is not a product. Write it in braces, with “product” as its number.',
      noNumber: '“product” is missing, or not a whole number from 1 to 999999.',
      unknownMember:
        'products have no “{{member}}”. They have product, name, fen (the price in 1/100) and fastcode.',
      wrongValue: '“{{member}}” has an invalid value.',
      tooLong: `its name is longer than ${longestName} characters.`,
      twice: 'the number is in the file already; the first one counts.',
      tooMany: `at most ${mostOwnProducts} products.`,
    } satisfies Record<RefusedProduct['reason'], string>,
    form: {
      number: 'Product id',
      price: 'Price ({{currency}})',
      fastcodeNote: 'Strength, milk and sugar, each 0 to 5, such as 322. Empty: the machine’s default.',
      save: 'Save',
      cancel: 'Cancel',
      numberWrong: 'A whole number from 1 to 999999.',
      numberTaken: 'This product is already in the list. Saving changes it.',
      nameWrong: `At most ${longestName} characters.`,
      priceWrong: 'Such as 10.00, at most 100000.00',
      fastcodeWrong: 'Three digits from 0 to 5, such as 322.',
      full: `At most ${mostOwnProducts} products.`,
    },
  },
} as const;
