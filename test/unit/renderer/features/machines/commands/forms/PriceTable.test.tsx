/** The note beside each row of a price table. */
import { MantineProvider } from '@mantine/core';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { expect, it } from 'vitest';
import type { KnownProduct } from '#shared/model/knownProducts';
import { readRows } from '../../../../../../../src/renderer/src/features/machines/commands/forms/priceRows';
import { PriceTable } from '../../../../../../../src/renderer/src/features/machines/commands/forms/PriceTable';
import { i18n, startTexts, type Language } from '../../../../../../../src/renderer/src/text';
import { WordsProvider } from '../../../../../../../src/renderer/src/text/useWords';

const known = (productId: number, name: string | null): KnownProduct => ({
  productId,
  name: name === null ? null : { value: name, from: 'order', at: 1 },
  price: { value: 1_000, from: 'order', at: 1 },
  fastcode: null,
  from: ['order'],
});

/** The last cell of each row, without its buttons. */
function notes(language: Language, rows: readonly (readonly [product: string, price: string])[]): string[] {
  if (!i18n.isInitialized) startTexts(language);
  const typed = rows.map(([product, price]) => ({ product, price, type: '0' }));
  const nothing = (): undefined => undefined;
  const html = renderToStaticMarkup(
    <MantineProvider>
      <I18nextProvider i18n={i18n.cloneInstance({ lng: language })}>
        <WordsProvider ownErrors={{}} currencies={{ ofAll: 'CNY', own: {} }}>
          <PriceTable
            vmcNo={33_232}
            platform="linux"
            rows={typed}
            read={readRows(typed, 'linux', 'yuan')}
            products={{
              known: [known(701, 'Latte'), known(702, null)],
              prices: new Map([701, 702].map((product) => [product, 1_000])),
              unproved: new Map(),
            }}
            priceLabel="Price"
            columns={['product', 'price', 'type']}
            isBegun
            onType={nothing}
            onRemove={nothing}
            onPasted={nothing}
          />
        </WordsProvider>
      </I18nextProvider>
    </MantineProvider>,
  );
  return html
    .split('<tr')
    .slice(2)
    .map((row) =>
      (row.split('<td').at(-1) ?? '')
        .replace(/<[^>]*>/g, '')
        .replace(/^[^>]*>/, '')
        .trim(),
    );
}

it.each([
  [
    'en',
    ['Latte · its orders', 'Product 702 · its orders', 'Product 702 · 10.00 CNY → 11.00 CNY · its orders'],
  ],
  ['zh-CN', ['Latte · 订单', '产品 702 · 订单', '产品 702 · 10.00 CNY → 11.00 CNY · 订单']],
] as const)('%s: a product without a name is named by its number', (language, expected) => {
  const seen = [
    notes(language, [
      ['701', ''],
      ['702', ''],
    ]),
    notes(language, [['702', '11.00']]),
  ].flat();
  expect(seen).toEqual(expected);
});

it('a product that is not known has no name', () => {
  expect(notes('en', [['703', '11.00']])).toEqual(['current price unknown']);
});
