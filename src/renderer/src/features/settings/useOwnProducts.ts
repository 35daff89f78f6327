import { mostOwnProducts } from '#shared/limits';
import type { OwnProduct, OwnProducts } from '#shared/model/ownProducts';
import { useRequest, type RequestState } from '../../bridge/request';
import { useCrema } from '../../store';

interface OwnProductsChange extends Pick<RequestState<'setSettings'>, 'busy' | 'error'> {
  readonly own: OwnProducts;
  readonly isFull: boolean;
  /** Resolves to whether the change was stored; `null` removes the product. */
  readonly put: (number: number, product: OwnProduct | null) => Promise<boolean>;
}

/** The user's own products, and the function to change one. */
export function useOwnProducts(): OwnProductsChange {
  const own = useCrema((s) => s.settings.ownProducts);
  const { run, busy, error } = useRequest('setSettings');
  const put = (number: number, product: OwnProduct | null): Promise<boolean> => {
    const { [String(number)]: _, ...others } = own;
    return run({ ownProducts: product === null ? others : { ...others, [number]: product } });
  };
  return { own, put, busy, error, isFull: Object.keys(own).length >= mostOwnProducts };
}
