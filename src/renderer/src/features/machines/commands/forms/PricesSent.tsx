import { commands } from '#shared/commands/index';
import type { Command } from '#shared/model/command';
import { useWords } from '../../../../text/useWords';
import { isListed, useKnownProducts } from './products';
import classes from '../Commands.module.css';

/** A price list that was sent; those that nothing has proved yet say so. */
export function PricesSent({ command }: { readonly command: Command }) {
  const words = useWords();
  const { input, awaited, vmcNo, platform, sentAt } = command;
  const known = useKnownProducts(vmcNo);
  const { data } = commands.setPrices.input.strip().safeParse(input);
  if (data === undefined) return null;
  return (
    <>
      <h3>{words.t('control.list.prices')}</h3>
      <ul className={classes['prices']}>
        {data.prices.map(({ productId, price, type }) => {
          const isOpen =
            sentAt === null || (awaited.includes(productId) && !isListed(known, productId, price, sentAt));
          return (
            <li key={productId} data-awaited={isOpen || undefined}>
              <span>
                {productId} {known.find((one) => one.productId === productId)?.name?.value}
              </span>
              <span>{words.yuan(price)}</span>
              {platform !== 'android' && <span className="dim">{type}</span>}
              <span>{words.t(isOpen ? 'control.list.priceOpen' : 'control.list.priceProved')}</span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
