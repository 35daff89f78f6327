/** Exports and imports the user's own product data. */
import { basename } from 'node:path';
import type { OwnProduct, OwnProducts, ProductsImport, WrittenProduct } from '#shared/model/ownProducts';
import { kept, Refusal } from '../ipc/requests';
import { writeProducts } from '../../core/lists/ownProductsFile';
import type { Base } from './base';
import { countedIn, readList, saysSame, writeList, type ReaderService } from './listFile';
import type { Service } from './service';
import type { SettingsService } from './settings';

export interface OwnProductsParts {
  readonly reader: Pick<ReaderService, 'read'>;
  readonly own: () => OwnProducts;
  /** Stores the products and informs all users of them; returns why they can't be stored, or `null`. */
  readonly change: (products: OwnProducts) => string | null;
  readonly now: () => number;
  readonly askPlace: (windowId: number, name: string) => Promise<string | null>;
  readonly askFile: (windowId: number) => Promise<string | null>;
}

function isSame(written: WrittenProduct, before: OwnProduct | undefined): boolean {
  if (before === undefined) return false;
  const { at: _, ...fields } = before;
  return saysSame(written, fields);
}

type OwnProductsService = Service<'exportProducts' | 'importProducts'>;

export const ownProducts = (
  base: Base,
  { reader, settings }: { readonly reader: ReaderService; readonly settings: SettingsService },
): OwnProductsService =>
  ownProductsService({
    ...base,
    reader,
    own: () => base.store.settings.ownProducts,
    change: (products) => settings.change({ ownProducts: products }),
    askPlace: base.ask.place,
    askFile: base.ask.json,
  });

export function ownProductsService(parts: OwnProductsParts): OwnProductsService {
  return {
    live: {},
    requests: {
      exportProducts: async (_args, { windowId }) => {
        const file = await parts.askPlace(windowId, 'crema-products.json');
        return file === null ? null : writeList(file, writeProducts(parts.own()));
      },
      importProducts: async (_args, { windowId }): Promise<ProductsImport | null> => {
        const file = await parts.askFile(windowId);
        if (file === null) return null;
        const list = { own: parts.own, keysOf: Object.keys };
        const { before, read } = await readList(parts.reader, 'products', file, list);
        if (!read.ok) throw new Refusal('noProducts', { file: basename(file), line: read.line });
        const counts = countedIn(
          read.products,
          (key) => Object.hasOwn(before, key),
          (key, one) => isSame(one, before[key]),
        );
        const at = parts.now();
        const news = Object.entries(read.products).filter(([key, one]) => !isSame(one, before[key]));
        if (news.length > 0)
          kept(
            parts.change({
              ...before,
              ...Object.fromEntries(news.map(([key, one]) => [key, { ...one, at }])),
            }),
          );
        return { fileName: basename(file), ...counts, refused: read.refused };
      },
    },
  };
}
