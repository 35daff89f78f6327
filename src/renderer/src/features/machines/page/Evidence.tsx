import { ActionIcon, Tooltip } from '@mantine/core';
import { IconZoomCode } from '@tabler/icons-react';
import { wantFrame } from '../../../store';
import { useWords } from '../../../text/useWords';

/** A link to the frame that proves a statement. */
export function Evidence({ entry }: { readonly entry: number }) {
  const { t } = useWords();
  return (
    <Tooltip label={t('machine.evidence')}>
      <ActionIcon size="xs" c="dimmed" aria-label={t('machine.evidence')} onClick={() => wantFrame(entry)}>
        <IconZoomCode size={13} />
      </ActionIcon>
    </Tooltip>
  );
}
