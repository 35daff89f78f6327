import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AppError } from '#shared/contract/errors';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';
import { Panel } from '../../ui/Panel';
import screen from './Upgrades.module.css';

interface PagedPanelProps {
  readonly title: string;
  /** Its pages, loaded on request. */
  readonly pages: {
    readonly begun: boolean;
    readonly complete: boolean;
    readonly error: AppError | null;
    readonly more: () => void;
  };
  /** Text of an empty list. */
  readonly none: string;
  readonly isEmpty: boolean;
  /** Shown above the list. */
  readonly before?: ReactNode;
  readonly children: ReactNode;
}

/** A list that is loaded page by page, newest first. */
export function PagedPanel({ title, pages, none, isEmpty, before, children }: PagedPanelProps) {
  const { t } = useWords();
  const { begun, complete, error, more } = pages;
  return (
    <Panel title={title}>
      <div className={screen['stack']}>
        {before}
        <ErrorNote error={error} />
        {complete && isEmpty && <p className="dim">{none}</p>}
        {!isEmpty && children}
        {begun && !complete && (
          <div>
            <Button variant="default" size="compact-xs" onClick={more}>
              {t('upgrades.older')}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}
