import { commands } from '#shared/commands/index';
import type { Command } from '#shared/model/command';
import { useWords } from '../../../../text/useWords';
import classes from '../Commands.module.css';

/** A price list that was sent; those not seen yet are marked. */
export function PricesSent({ command: { input, awaited } }: { readonly command: Command }) {
  const words = useWords();
  const { data } = commands.setPrices.input.strip().safeParse(input);
  if (data === undefined) return null;
  return (
    <>
      <h3>{words.t('control.list.prices')}</h3>
      <ul className={classes['prices']}>
        {data.prices.map(({ productId, price, type }) => (
          <li key={productId} data-awaited={awaited.includes(productId) || undefined}>
            <span>{productId}</span>
            <span>{words.yuan(price)}</span>
            <span className="dim">{type}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
