import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { AuditFilter } from '#shared/model/audit';
import { request } from '../../../bridge/request';
import { auditTableWords } from '../../../text/auditWords';
import { useWords } from '../../../text/useWords';
import { ErrorNote } from '../../../ui/ErrorNote';

const formats = ['csv', 'jsonl'] as const;

/** Saves the listed and all older lines: CSV for a spreadsheet, or unchanged JSONL. */
export function AuditSave({ filter }: { readonly filter: AuditFilter }) {
  const words = useWords();
  const { t } = words;
  const [saved, setSaved] = useState<string | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const save = async (as: (typeof formats)[number]): Promise<void> => {
    setSaved(null);
    const reply = await request('exportAudit', { filter, as, words: auditTableWords(words) });
    setError(reply.ok ? null : reply.error);
    if (reply.ok) setSaved(reply.value);
  };
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button variant="default" leftSection={<IconDownload size={14} />}>
            {t('audit.save')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {formats.map((as) => (
            <Menu.Item key={as} onClick={() => void save(as)}>
              {as.toUpperCase()}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {saved !== null && <span role="status">{t('audit.saved', { file: saved })}</span>}
      <ErrorNote error={error} />
    </>
  );
}
