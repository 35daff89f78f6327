/** The known products of a form's machine. */
import { useEffect, useMemo, useState } from 'react';
import { unprovedPrices } from '#shared/commands/kit/pricing';
import { knownProducts, type KnownProduct, type ProductFile } from '#shared/model/knownProducts';
import { request } from '../../../../bridge/request';
import { useCrema, type CremaState } from '../../../../store';
import type { CommandFacts } from '../../../../text/commandWords';
import { matching } from '../../../../text/matching';
import { useWords } from '../../../../text/useWords';

const noFiles: readonly ProductFile[] = [];

/** `vmcNo`: the shown machine; for other machines only the user's own product list is known here. */
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

/** The newest product list and recipes of the machine, as far as they are tables. */
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
        // The file view reports unreadable files.
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

/** Product names for command texts. */
export function useFacts(): CommandFacts {
  const machine = useCrema((s) => s.detail?.state ?? null);
  const known = useKnown(machine, noFiles);
  return useMemo(() => {
    const names = new Map(known.map(({ productId, name }) => [productId, name?.value ?? null]));
    return { productName: (productId) => names.get(productId) ?? null };
  }, [known]);
}

/** Products whose number begins with the text, or whose name contains it. */
export function productsFor(known: readonly KnownProduct[], typed: string): readonly KnownProduct[] {
  const text = typed.trim();
  if (text === '') return known;
  return known.filter(
    ({ productId, name }) =>
      String(productId).startsWith(text) || (name !== null && matching(name.value, text) > 0),
  );
}

/** The numbers of the known products. Products that become known later come last, so that no row moves while a person types. */
export function useOffered(known: readonly KnownProduct[]): readonly number[] {
  const [offered, setOffered] = useState<readonly number[]>([]);
  const later = known.map(({ productId }) => productId).filter((id) => !offered.includes(id));
  if (later.length > 0) setOffered([...offered, ...later]);
  return offered;
}

export interface PricedProducts {
  readonly known: readonly KnownProduct[];
  /** fen, before discount, where known. */
  readonly prices: ReadonlyMap<number, number>;
  /** Sent prices without a proof by an order or a product list so far. */
  readonly unproved: ReadonlyMap<number, { readonly price: number; readonly at: number }>;
}

/** Known prices, and sent prices that are not proved yet. */
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

/** Whether a later product list contains this price. */
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
