/** What a product list that the machine handed over says about what was sent before it was asked for. */
import type { StepParams } from './given';
import { confirmed, step, type Verdict } from './verdict';

/** What its list plainly says of a product; `null`: nothing. */
export interface ListedProduct {
  /** fen, without a discount */
  readonly price: number | null;
  /** What customers pay of the price. */
  readonly percent: number | null;
  readonly isOnMenu: boolean | null;
}
export type ListedProducts = ReadonlyMap<number, ListedProduct>;

interface Comparison<Value, Shown extends string, Differs extends string> {
  /** What the list says; `null`: nothing. */
  readonly says: (productId: number) => Value | null;
  readonly wants: (productId: number) => Value | null;
  readonly shown: Shown;
  readonly differs: Differs;
  /** Of the first that is otherwise, beside its number and how many are. */
  readonly about: (said: Value, productId: number) => StepParams;
  /** Each counts by itself; else one that is otherwise makes the list no proof at all. */
  readonly oneByOne: boolean;
}

/** Of products that are awaited: those that the list has as they were sent are proved; what is otherwise is a step, and proves nothing. */
export function compared<Value, Shown extends string, Differs extends string>(
  awaited: readonly number[],
  { says, wants, shown, differs, about, oneByOne }: Comparison<Value, Shown, Differs>,
): readonly Verdict<Shown | Differs>[] {
  const said = awaited.flatMap((productId) => {
    const value = says(productId);
    return value === null ? [] : [{ productId, value, isSo: value === wants(productId) }];
  });
  const others = said.filter(({ isSo }) => !isSo);
  const [first] = others;
  const otherwise =
    first === undefined
      ? []
      : [
          step(differs, {
            productId: first.productId,
            differing: others.length,
            ...about(first.value, first.productId),
          }),
        ];
  const proved = new Set(said.flatMap(({ productId, isSo }) => (isSo ? [productId] : [])));
  if (proved.size === 0 || (!oneByOne && others.length > 0)) return otherwise;
  const rest = oneByOne ? awaited.filter((id) => !proved.has(id)) : [];
  const proof = (rest.length === 0 ? confirmed : step)(shown, { listed: proved.size }, { awaited: rest });
  return [...otherwise, proof];
}
