import { Button, Group } from '@mantine/core';
import type { Site } from '#shared/model/sites';
import { useRequest } from '../../../bridge/request';
import { useWords } from '../../../text/useWords';
import { ErrorNote } from '../../../ui/ErrorNote';
import { useTicked } from '../../../ui/useTicked';
import classes from './Sites.module.css';

const hour = 3_600_000;
const times = { hour, shift: 8 * hour, week: 7 * 24 * hour } as const;
const choices = ['hour', 'shift', 'week'] as const;

/** Whether support's commands for machines of this computer need a person here, and for how long they do not. */
export function SiteAllowed({ site: { id, allowedUntil } }: { readonly site: Site }) {
  const words = useWords();
  const { t } = words;
  const allow = useRequest('allowSupport');
  const isAllowed = useTicked((now) => allowedUntil !== null && now < allowedUntil);
  return (
    <section className={classes['file']} aria-label={t('sites.support.title')}>
      <h3>{t('sites.support.title')}</h3>
      <p className="dim" role="status">
        {isAllowed && allowedUntil !== null
          ? t('sites.support.until', { at: words.dateTime(allowedUntil) })
          : t('sites.support.asked')}
      </p>
      <Group gap="xs">
        {choices.map((one) => (
          <Button
            key={one}
            variant="default"
            loading={allow.busy}
            onClick={() => void allow.run({ id, for: times[one] })}
          >
            {t(`sites.support.allow.${one}`)}
          </Button>
        ))}
        {isAllowed && (
          <Button variant="default" onClick={() => void allow.run({ id, for: null })}>
            {t('sites.support.ask')}
          </Button>
        )}
      </Group>
      <ErrorNote error={allow.error} />
    </section>
  );
}
