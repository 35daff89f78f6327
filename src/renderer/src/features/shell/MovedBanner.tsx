import { Button } from '@mantine/core';
import { IconPlugX } from '@tabler/icons-react';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';
import { Banner } from './Banner';

/** Asks once for each chosen adapter whether to listen on its new address. */
export function MovedBanner() {
  const { t } = useWords();
  const moved = useCrema((s) => s.moved);
  const follow = useRequest('followAdapter');
  return moved.map(({ name, from, to }) => (
    <Banner
      key={`${name} ${to}`}
      kind="failure"
      icon={<IconPlugX size={18} aria-hidden />}
      actions={
        <>
          <Button loading={follow.busy} onClick={() => void follow.run({ name, to, yes: true })}>
            {t('adapters.follow', { to })}
          </Button>
          <Button
            variant="default"
            loading={follow.busy}
            onClick={() => void follow.run({ name, to, yes: false })}
          >
            {t('adapters.wait', { from })}
          </Button>
        </>
      }
    >
      <strong>{t('adapters.moved', { name })}</strong> <span>{t('adapters.movedNote', { from, to })}</span>
      <ErrorNote error={follow.error} />
    </Banner>
  ));
}
