/** Products that the machine of a form is known to sell. */
import { useEffect, useMemo, useState } from 'react';
import { unprovedPrices } from '#shared/commands/kit/pricing';
import { knownProducts, type KnownProduct, type ProductFile } from '#shared/model/knownProducts';
import { request } from '../../../../bridge/request';
import { useCrema, type CremaState } from '../../../../store';
import type { CommandFacts } from '../../../../text/commandWords';
import { matching } from '../../../../text/matching';
import { useWords } from '../../../../text/useWords';

const noFiles: readonly ProductFile[] = [];

/** `vmcNo`: the machine that is looked at; of any other the workshop's own list is all that is known here. */
export function useKnownProducts(vmcNo: number): readonly KnownProduct[] {
  const machine = useCrema(stateOf(vmcNo));
  return useKnown(machine, useProductFiles(vmcNo));
}

export const stateOf = (vmcNo: number) => (state: CremaState) =>
  state.detail?.state.vmcNo === vmcNo ? state.detail.state : null;

function useKnown(
  machine: ReturnType<ReturnType<typeof stateOf>>,
  files: readonly ProductFile[],
): readonly KnownProduct[] {
  const { language } = useWords();
  const own = useCrema((s) => s.settings.ownProducts);
  const orders = machine?.orders;
  const repricings = machine?.repricings;
  const platform = machine?.platform ?? null;
  return useMemo(() => {
    const known = orders === undefined || repricings === undefined ? null : { orders, repricings, platform };
    return knownProducts({ machine: known, files, own, language: language === 'zh-CN' ? 'zh' : 'en' });
  }, [orders, repricings, platform, files, own, language]);
}

/** What its newest product list and recipes say, as far as they are tables. */
function useProductFiles(vmcNo: number): readonly ProductFile[] {
  const fetched = useCrema((s) => s.fetched);
  const [files, setFiles] = useState(noFiles);
  const newest = (['product', 'recipe'] as const).flatMap(
    (type) => fetched.find((file) => file.vmcNo === vmcNo && file.type === type) ?? [],
  );
  const wanted = newest.map(({ id, at }) => `${id} ${at}`).join(',');
  useEffect(() => {
    let isWanted = wanted !== '';
    const read = async (): Promise<void> => {
      const all = wanted.split(',').map(async (one): Promise<readonly ProductFile[]> => {
        const [id = 0, at = 0] = one.split(' ').map(Number);
        // One that can't be read says so where files are shown.
        const reply = await request('fetchedContent', { id });
        return reply.ok ? [{ at, tables: reply.value.tables }] : [];
      });
      const found = (await Promise.all(all)).flat();
      if (isWanted) setFiles(found);
    };
    if (isWanted) void read();
    return () => {
      isWanted = false;
    };
  }, [wanted]);
  return files;
}

/** Names for what is brewed. */
export function useFacts(): CommandFacts {
  const machine = useCrema((s) => s.detail?.state ?? null);
  const known = useKnown(machine, noFiles);
  return useMemo(() => {
    const names = new Map(known.map(({ productId, name }) => [productId, name?.value ?? null]));
    return { productName: (productId) => names.get(productId) ?? null };
  }, [known]);
}

/** Those whose number begins with what is typed, or whose name has it. */
export function productsFor(known: readonly KnownProduct[], typed: string): readonly KnownProduct[] {
  const text = typed.trim();
  if (text === '') return known;
  return known.filter(
    ({ productId, name }) =>
      String(productId).startsWith(text) || (name !== null && matching(name.value, text) > 0),
  );
}

export interface PricedProducts {
  readonly known: readonly KnownProduct[];
  /** fen, without a discount, where it is known. */
  readonly prices: ReadonlyMap<number, number>;
  /** Sent, and not proved by an order or a product list since. */
  readonly unproved: ReadonlyMap<number, { readonly price: number; readonly at: number }>;
}

/** What is known of their prices, and which were sent and are not proved yet. */
export function usePrices(vmcNo: number): PricedProducts {
  const known = useKnownProducts(vmcNo);
  const machine = useCrema(stateOf(vmcNo));
  return useMemo(() => {
    const sent = machine === null ? [] : [...unprovedPrices(machine)];
    const unproved = sent.filter(([product, { price, at }]) => !isListed(known, product, price, at));
    const prices = known.flatMap(({ productId, price }) =>
      price === null ? [] : [[productId, price.value] as const],
    );
    return { known, prices: new Map(prices), unproved: new Map(unproved) };
  }, [known, machine]);
}

/** Whether a product list that came later says this price. */
export const isListed = (
  known: readonly KnownProduct[],
  product: number,
  price: number,
  since: number,
): boolean =>
  known.some(
    (one) =>
      one.productId === product &&
      one.price?.from === 'file' &&
      one.price.at > since &&
      one.price.value === price,
  );
