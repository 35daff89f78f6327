import type { KnownProduct } from '#shared/model/knownProducts';
import { useWords } from '../../../../text/useWords';
import { Boundary } from '../../../../ui/Boundary';
import classes from './Products.module.css';

interface ResultingPricesProps {
  readonly known: readonly KnownProduct[];
  /** The new cost of a product with this price; `null`: no valid input yet. */
  readonly priceOf: ((price: number) => number | null) | null;
}

/** The resulting prices of known products. */
export function ResultingPrices({ known, priceOf }: ResultingPricesProps) {
  const { t } = useWords();
  const priced = known.filter(({ price }) => price !== null);
  if (priced.length === 0) return <p className="dim">{t('products.noPrices')}</p>;
  return (
    <div
      className={classes['resulting']}
      // A scrollable element must be reachable by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="region"
      aria-label={t('products.resulting')}
    >
      <table>
        <thead>
          <tr>
            {(['product', 'price', 'after', 'source'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`products.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {priced.map((product) => (
            <Boundary
              key={product.productId}
              as="tableRow"
              where={`price of product ${product.productId}`}
              of={product}
            >
              <Priced product={product} priceOf={priceOf} />
            </Boundary>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface PricedProps extends Pick<ResultingPricesProps, 'priceOf'> {
  readonly product: KnownProduct;
}
function Priced({ product: { productId, name, price }, priceOf }: PricedProps) {
  const { t, yuan } = useWords();
  const then = priceOf === null || price === null ? null : priceOf(price.value);
  return (
    <tr>
      <th scope="row">
        {productId} {name?.value}
      </th>
      <td>{price !== null && yuan(price.value)}</td>
      <td>{then !== null && <strong>{yuan(then)}</strong>}</td>
      <td className="dim">{price !== null && t(`products.from.${price.from}`)}</td>
    </tr>
  );
}
