import { commands } from '#shared/commands/index';
import type { Command } from '#shared/model/command';
import { useWords } from '../../../../text/useWords';
import { Boundary } from '../../../../ui/Boundary';
import { isListed, useKnownProducts } from './products';
import classes from '../Commands.module.css';

/** A sent price list; unproved prices are marked. */
export function PricesSent({ command }: { readonly command: Command }) {
  const words = useWords();
  const { input, vmcNo } = command;
  const known = useKnownProducts(vmcNo);
  const { data } = commands.setPrices.input.strip().safeParse(input);
  if (data === undefined) return null;
  return (
    <>
      <h3>{words.t('control.list.prices')}</h3>
      <ul className={classes['prices']}>
        {data.prices.map((price) => (
          <Boundary key={price.productId} as="item" where={`price of product ${price.productId}`} of={price}>
            <PriceLine {...price} command={command} known={known} />
          </Boundary>
        ))}
      </ul>
    </>
  );
}

interface PriceLineProps {
  readonly productId: number;
  readonly price: number;
  readonly type: number;
  readonly command: Command;
  readonly known: ReturnType<typeof useKnownProducts>;
}
function PriceLine({ productId, price, type, command, known }: PriceLineProps) {
  const words = useWords();
  const { awaited, platform, sentAt } = command;
  const isOpen =
    sentAt === null || (awaited.includes(productId) && !isListed(known, productId, price, sentAt));
  return (
    <li data-awaited={isOpen || undefined}>
      <span>
        {productId} {known.find((one) => one.productId === productId)?.name?.value}
      </span>
      <span>{words.yuan(price)}</span>
      {platform !== 'android' && <span className="dim">{type}</span>}
      <span>{words.t(isOpen ? 'control.list.priceOpen' : 'control.list.priceProved')}</span>
    </li>
  );
}
