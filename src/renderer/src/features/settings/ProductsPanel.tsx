import { ActionIcon, Button, Group, Stack } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import {
  sortedProducts,
  type OwnProduct,
  type ProductsImport,
  type RefusedProduct,
} from '#shared/model/ownProducts';
import { request } from '../../bridge/request';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { ErrorNote } from '../../ui/ErrorNote';
import { keepFocus } from '../../ui/keepFocus';
import { UndoNote } from '../../ui/UndoNote';
import { ProductDialog, useOwnProducts } from './ProductDialog';
import classes from './ProductsPanel.module.css';

type Numbered = readonly [number: number, product: OwnProduct];

/** The user's own products: add, change, remove, export and import. */
export function ProductsPanel() {
  const { t } = useWords();
  const { own, put, error } = useOwnProducts();
  /** 0: a new product. */
  const [editing, setEditing] = useState<number | null>(null);
  const [removed, setRemoved] = useState<Numbered | null>(null);
  const products = sortedProducts(own);
  return (
    <>
      <Stack ref={keepFocus} gap="sm">
        <p className="dim">{t('products.note')}</p>
        {products.length === 0 && <p>{t('products.none')}</p>}
        {products.length > 0 && (
          <div
            className={classes['table']}
            // A scrollable element must be reachable by keyboard.
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            tabIndex={0}
            role="region"
            aria-label={t('products.list')}
          >
            <table>
              <thead>
                <tr>
                  {(['number', 'name', 'price', 'fastcode'] as const).map((column) => (
                    <th key={column} scope="col">
                      {t(`products.column.${column}`)}
                    </th>
                  ))}
                  <th aria-hidden />
                </tr>
              </thead>
              <tbody>
                {products.map(([number, product]) => (
                  <Boundary key={number} as="tableRow" where={`product ${number}`} of={product}>
                    <ProductRow
                      number={number}
                      product={product}
                      onEdit={() => setEditing(number)}
                      onRemove={() =>
                        void put(number, null).then((done) => done && setRemoved([number, product]))
                      }
                    />
                  </Boundary>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {removed !== null && (
          <UndoNote
            text={t('products.removed', { product: removed[0] })}
            onUndo={() => void put(...removed).then((done) => done && setRemoved(null))}
          />
        )}
        <ErrorNote error={error} />
        <Files isEmpty={products.length === 0}>
          <Button onClick={() => setEditing(0)}>{t('products.add')}</Button>
        </Files>
      </Stack>
      {editing !== null && <ProductDialog number={editing} onClose={() => setEditing(null)} />}
    </>
  );
}

/** Export and import; only the last result is shown. */
function Files({ isEmpty, children }: { readonly isEmpty: boolean; readonly children: React.ReactNode }) {
  const { t } = useWords();
  const [written, setWritten] = useState<string | null>(null);
  const [taken, setTaken] = useState<ProductsImport | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const begin = (): void => {
    setWritten(null);
    setTaken(null);
    setError(null);
  };
  const read = async (): Promise<void> => {
    begin();
    const reply = await request('importProducts', undefined);
    if (reply.ok) setTaken(reply.value);
    else setError(reply.error);
  };
  const write = async (): Promise<void> => {
    begin();
    const reply = await request('exportProducts', undefined);
    if (reply.ok) setWritten(reply.value);
    else setError(reply.error);
  };
  return (
    <>
      <Group gap="sm">
        {children}
        <Button variant="default" onClick={() => void read()}>
          {t('products.fromFile')}
        </Button>
        <Button variant="default" disabled={isEmpty} onClick={() => void write()}>
          {t('products.toFile')}
        </Button>
      </Group>
      <ErrorNote error={error} />
      {written !== null && <p role="status">{t('products.written', { file: written })}</p>}
      {taken !== null && (
        <div role="status">
          <p>{t('products.read', { ...taken, file: taken.fileName })}</p>
          {taken.refused.length > 0 && (
            <>
              <p>{t('products.refused', { count: taken.refused.length })}</p>
              <ul className={classes['refused']}>
                {taken.refused.map((one) => (
                  <Refused key={`${one.line} ${one.member}`} {...one} />
                ))}
              </ul>
            </>
          )}
        </div>
      )}
    </>
  );
}

interface ProductRowProps {
  readonly number: number;
  readonly product: OwnProduct;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}
function ProductRow({ number, product, onEdit, onRemove }: ProductRowProps) {
  const words = useWords();
  const { t } = words;
  return (
    <tr>
      <th scope="row">{number}</th>
      <td>{product.name}</td>
      <td>{product.price !== undefined && words.yuan(product.price)}</td>
      <td>{product.fastcode}</td>
      <td className={classes['buttons']}>
        <ActionIcon aria-label={t('products.edit', { product: number })} onClick={onEdit}>
          <IconPencil size={14} />
        </ActionIcon>
        <ActionIcon aria-label={t('products.remove', { product: number })} onClick={onRemove}>
          <IconTrash size={14} />
        </ActionIcon>
      </td>
    </tr>
  );
}

function Refused({ line, product, reason, member }: RefusedProduct) {
  const { t } = useWords();
  const why = t(`products.why.${reason}`, { member: member ?? '' });
  return (
    <li>
      {product === null
        ? t('products.refusedAtNoNumber', { line, why })
        : t('products.refusedAt', { line, product, why })}
    </li>
  );
}
