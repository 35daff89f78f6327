import { useMemo } from 'react';
import type { Order } from '#shared/model/machine';
import { useCrema } from '../../../../store';
import type { CommandFacts } from '../../../../text/commandWords';

export interface Sold {
  readonly productId: number;
  readonly name: string | null;
  /** fen, as last asked for */
  readonly amount: number | null;
}

/** What a machine has sold lately, the latest first. */
export function soldProducts(orders: readonly Order[]): readonly Sold[] {
  const found = new Map<number, Sold>();
  for (const { productId, productName, amount } of orders.toReversed()) {
    if (productId === null) continue;
    const known = found.get(productId);
    found.set(productId, {
      productId,
      name: known?.name ?? productName,
      amount: known?.amount ?? amount,
    });
  }
  return [...found.values()];
}

const none: readonly Order[] = [];

/** Of the machine that is looked at. */
export function useSold(): readonly Sold[] {
  const orders = useCrema((s) => s.detail?.state.orders ?? none);
  return useMemo(() => soldProducts(orders), [orders]);
}

/** Names for what is brewed. */
export function useFacts(): CommandFacts {
  const sold = useSold();
  return useMemo(() => {
    const names = new Map(sold.map(({ productId, name }) => [productId, name]));
    return { productName: (productId) => names.get(productId) ?? null };
  }, [sold]);
}
