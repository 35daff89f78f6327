import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { mostOwnProducts } from '#shared/limits';
import type { OwnProduct, OwnProducts } from '#shared/model/ownProducts';
import { useWords } from '../../text/useWords';
import { Dialog } from '../../ui/Dialog';
import { ErrorNote } from '../../ui/ErrorNote';
import { useRequest, type RequestState } from '../../bridge/request';
import { useCrema } from '../../store';
import { draftOf, productOf, wrongIn, type ProductMember } from './productDraft';

interface ProductDialogProps {
  /** 0: a new product. */
  readonly number: number;
  readonly onClose: () => void;
}

/** Characters: long input is reported, never truncated. */
const longest = 200;

/** One product of the user's own list. */
export function ProductDialog({ number, onClose }: ProductDialogProps) {
  const words = useWords();
  const { t } = words;
  const { own, put, isFull, busy, error } = useOwnProducts();
  const [draft, setDraft] = useState(() => draftOf(number, own[number]));
  const wrong = wrongIn(draft);
  const read = productOf(draft);
  const isThere = read !== null && Object.hasOwn(own, String(read.number));
  const isTaken = number === 0 && isThere;
  const isTooMany = isFull && read !== null && !isThere;
  const labels: Readonly<Record<ProductMember, string>> = {
    number: t('products.form.number'),
    name: t('products.column.name'),
    price: t('products.form.price', { currency: words.currency }),
    fastcode: t('products.column.fastcode'),
  };
  const field = (member: ProductMember, isFirst: boolean) => (
    <TextInput
      key={member}
      label={labels[member]}
      description={
        member === 'fastcode'
          ? t('products.form.fastcodeNote')
          : member === 'number' && isTaken
            ? t('products.form.numberTaken')
            : undefined
      }
      data-autofocus={isFirst || undefined}
      autoComplete="off"
      maxLength={longest}
      disabled={member === 'number' && number !== 0}
      value={draft[member]}
      error={wrong.has(member) && draft[member].trim() !== '' ? t(`products.form.${member}Wrong`) : null}
      onChange={(event) => setDraft({ ...draft, [member]: event.currentTarget.value })}
    />
  );
  return (
    <Dialog
      title={number === 0 ? t('products.add') : t('products.edit', { product: number })}
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (read !== null && !isTooMany)
            void put(read.number, { ...read.product, at: Date.now() }).then((done) => done && onClose());
        }}
      >
        <Stack gap="sm">
          {field('number', number === 0)}
          {field('name', number !== 0)}
          {field('price', false)}
          {field('fastcode', false)}
          {isTooMany && <p>{t('products.form.full')}</p>}
          <ErrorNote error={error} />
          <Group gap="sm" justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('products.form.cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={read === null || isTooMany}>
              {t('products.form.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

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
