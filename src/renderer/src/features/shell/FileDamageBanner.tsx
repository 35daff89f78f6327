import { Button } from '@mantine/core';
import { IconFileAlert } from '@tabler/icons-react';
import { useState } from 'react';
import type { FileDamage } from '#shared/model/fileDamage';
import { useCrema } from '../../store';
import { fileDamageWords } from '../../text/damageWords';
import { useWords } from '../../text/useWords';
import { Banner } from './Banner';

/** Lists, packages, photos and machine files that were damaged on the disk, until the user has seen them. */
export function FileDamageBanner() {
  const words = useWords();
  const all = useCrema((s) => s.fileDamage);
  const [seen, setSeen] = useState<readonly FileDamage[]>([]);
  if (all.length === 0 || all === seen) return null;
  return (
    <Banner
      kind="failure"
      icon={<IconFileAlert size={18} aria-hidden />}
      actions={
        <Button variant="default" onClick={() => setSeen(all)}>
          {words.t('fileDamage.understood')}
        </Button>
      }
    >
      {fileDamageWords(words, all)}
    </Banner>
  );
}
