import { Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { FetchedContent } from '#shared/model/fetched';
import type { UpgradePackage } from '#shared/model/upgrade';
import { request } from '../../bridge/request';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { Dialog } from '../../ui/Dialog';
import { ErrorNote } from '../../ui/ErrorNote';
import { FileTables } from '../../ui/tables/FileTables';
import classes from './RecipeDialog.module.css';

interface RecipeDialogProps {
  readonly pkg: UpgradePackage;
  readonly onClose: () => void;
}

/** A recipe package as tables, beside another package or a machine's file. */
export function RecipeDialog({ pkg, onClose }: RecipeDialogProps) {
  const words = useWords();
  const { t } = words;
  const packages = useCrema((s) => s.packages);
  const fetched = useCrema((s) => s.fetched);
  const [other, setOther] = useState<string | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const content = useTables(`package ${pkg.id}`, setError);
  const beside = useTables(other, setError);
  const others = [
    ...packages
      .filter(({ id, androidType }) => androidType === 'recipe' && id !== pkg.id)
      .map(({ id, fileName, label }) => ({
        value: `package ${id}`,
        label: label === '' ? fileName : t('packages.aside', { text: label, more: fileName }),
      })),
    ...fetched
      .filter(({ type }) => type === 'recipe' || type === 'product')
      .map(({ id, vmcNo, type, at }) => ({
        value: `fetched ${id}`,
        label: t('packages.fetched', {
          what: t(`files.type.${type}`),
          vmcNo,
          at: words.dateTime(at),
        }),
      })),
  ];
  return (
    <Dialog title={t('packages.tablesOf', { file: pkg.fileName })} size={1_180} onClose={onClose}>
      <div className={classes['tools']}>
        <Select
          label={t('packages.compare')}
          placeholder={others.length === 0 ? t('packages.compareNone') : t('packages.comparePlaceholder')}
          disabled={others.length === 0}
          clearable
          searchable
          value={other}
          data={others}
          onChange={setOther}
        />
        <ErrorNote error={error} />
      </div>
      <div className={classes['tables']}>
        {content !== null && content.tables.length === 0 && <p className="dim">{t('packages.tablesNone')}</p>}
        {content !== null && (
          <FileTables tables={content.tables} earlier={beside?.tables ?? null} withOther />
        )}
      </div>
    </Dialog>
  );
}

/** `which`: kind and id of the content; `null`: none. */
function useTables(which: string | null, onError: (error: AppError | null) => void): FetchedContent | null {
  const [read, setRead] = useState<{ readonly which: string; readonly content: FetchedContent } | null>(null);
  useEffect(() => {
    if (which === null) return;
    let isCurrent = true;
    const ask = async (): Promise<void> => {
      const [kind, id = ''] = which.split(' ');
      const reply =
        kind === 'package'
          ? await request('packageTables', { id })
          : await request('fetchedContent', { id: Number(id) });
      if (!isCurrent) return;
      onError(reply.ok ? null : reply.error);
      if (reply.ok) setRead({ which, content: reply.value });
    };
    void ask();
    return () => {
      isCurrent = false;
    };
  }, [which, onError]);
  return read?.which === which ? read.content : null;
}
