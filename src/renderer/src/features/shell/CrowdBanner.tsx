import { Button } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { Banner } from './Banner';

/** ms between two reports. */
const quiet = 600_000;

/** More connections arrived than Crema accepts: the refused clients. */
export function CrowdBanner({ part }: { readonly part: 'crowd' | 'packageCrowd' }) {
  const { t } = useWords();
  const crowd = useCrema((s) => s[part]);
  const [seen, setSeen] = useState(-Infinity);
  if (crowd === null || crowd.at - seen < quiet) return null;
  const { places, address, held, turnedAway, at } = crowd;
  return (
    <Banner
      kind="failure"
      icon={<IconUsersGroup size={18} aria-hidden />}
      actions={
        <Button variant="default" onClick={() => setSeen(at)}>
          {t('journal.understood')}
        </Button>
      }
    >
      <strong>{t(`banner.${part}`, { places })}</strong>{' '}
      <span>
        {held === 0
          ? t('banner.crowdKnown', { address })
          : t('banner.crowdHeld', { address, held, count: turnedAway })}
      </span>
    </Banner>
  );
}
