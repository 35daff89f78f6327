import { Button } from '@mantine/core';
import { IconWritingOff } from '@tabler/icons-react';
import { useCrema } from '../../store';
import { navigate } from '../../store/navigate';
import { useWords } from '../../text/useWords';
import { Banner } from './Banner';

/** The audit trail can't be written. */
export function AuditBanner() {
  const { t } = useWords();
  const { problem, waiting } = useCrema((s) => s.audit);
  if (problem === null) return null;
  return (
    <Banner
      kind="failure"
      icon={<IconWritingOff size={18} aria-hidden />}
      actions={
        <Button variant="default" onClick={() => navigate({ screen: 'work', tab: 'audit', run: null })}>
          {t('audit.open')}
        </Button>
      }
    >
      <strong>{t('audit.unwrittenTitle')}</strong> {t('audit.unwritten', { count: waiting, detail: problem })}
    </Banner>
  );
}
