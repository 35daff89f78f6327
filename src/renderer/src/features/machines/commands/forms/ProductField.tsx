import { TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import type { KnownProduct } from '#shared/model/knownProducts';
import { listed } from '../../../../text/phrases';
import { useWords } from '../../../../text/useWords';
import { isKey } from '../../../../ui/keys';
import { productsFor } from './products';
import { typedProducts, withProduct } from './productChoice';
import classes from './Products.module.css';

interface ProductFieldProps {
  readonly label: string;
  readonly note: string | undefined;
  readonly typed: string;
  /** Several products can be given. */
  readonly several: boolean;
  /** The error in the typed text. */
  readonly error: string | null;
  readonly known: readonly KnownProduct[];
  readonly autoFocus: boolean;
  /** `product`: the product chosen from the list. */
  readonly onChange: (typed: string, product: KnownProduct | null) => void;
}

/** More characters than any list of numbers has: long input is reported, never truncated. */
const longest = 2_000;

/** One or several products: typed as numbers, or chosen from the machine's known products, which the typed text narrows. */
export function ProductField({
  label,
  note,
  typed,
  several,
  error,
  known,
  autoFocus,
  onChange,
}: ProductFieldProps) {
  const { t } = useWords();
  const list = useId();
  const [active, setActive] = useState<number | null>(null);
  const { chosen, looked } = typedProducts(typed, several, known);
  const isWord = looked !== '' && !/^\d+$/.test(looked);
  const shown = productsFor(known, looked);
  const at = shown.findIndex(({ productId }) => productId === active);
  const choose = (product: KnownProduct): void => {
    setActive(null);
    onChange(withProduct(typed, several, product.productId, looked), product);
  };
  const move = (by: 1 | -1): void => {
    const from = at < 0 && by < 0 ? 0 : at;
    const next = shown[(from + by + shown.length) % shown.length];
    if (next === undefined) return;
    setActive(next.productId);
    document.getElementById(`${list} ${next.productId}`)?.scrollIntoView({ block: 'nearest' });
  };
  const found = !isWord ? error : shown.length === 0 ? t('products.noneNamed', { name: looked }) : null;
  return (
    <div className={classes['products']}>
      <TextInput
        role="combobox"
        aria-expanded={shown.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={at < 0 ? undefined : `${list} ${active}`}
        data-autofocus={autoFocus || undefined}
        label={label}
        description={isWord && shown.length > 0 ? t('products.choose') : note}
        autoComplete="off"
        maxLength={longest}
        w={several ? undefined : 300}
        value={typed}
        error={found}
        onChange={(event) => {
          setActive(null);
          onChange(event.currentTarget.value, null);
        }}
        onKeyDown={(event) => {
          if (isKey('down', event) || isKey('up', event)) {
            event.preventDefault();
            move(isKey('down', event) ? 1 : -1);
          }
          if (event.key !== 'Enter') return;
          const one = shown[at] ?? (isWord ? shown[0] : undefined);
          // Enter must not submit during the search for a name.
          if (one !== undefined || isWord) event.preventDefault();
          if (one !== undefined) choose(one);
        }}
      />
      {known.length === 0 ? (
        <p className="dim">{t('products.nothing')}</p>
      ) : (
        <div
          id={list}
          role="listbox"
          aria-label={t('products.known')}
          aria-multiselectable={several || undefined}
          className={classes['list']}
        >
          {shown.map((product) => (
            <ProductLine
              key={product.productId}
              id={`${list} ${product.productId}`}
              product={product}
              isChosen={chosen.includes(product.productId)}
              isMarked={product.productId === active}
              onChoose={() => choose(product)}
            />
          ))}
        </div>
      )}
    </div>
  );
}

interface ProductLineProps {
  readonly id: string;
  readonly product: KnownProduct;
  readonly isChosen: boolean;
  readonly isMarked: boolean;
  readonly onChoose: () => void;
}
function ProductLine({ id, product, isChosen, isMarked, onChoose }: ProductLineProps) {
  const words = useWords();
  const { t } = words;
  const { productId, name, price, fastcode, from } = product;
  return (
    // The field handles the keys of the list.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="option"
      aria-selected={isChosen}
      data-marked={isMarked || undefined}
      // Keeps the focus in the field.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <span className="tabular">{productId}</span>
      <span>{name?.value}</span>
      <span className="tabular">{price !== null && words.yuan(price.value)}</span>
      <span className="tabular">{fastcode}</span>
      <span className="dim">
        {listed(
          words,
          from.map((source) => t(`products.from.${source}`)),
        )}
      </span>
    </div>
  );
}
