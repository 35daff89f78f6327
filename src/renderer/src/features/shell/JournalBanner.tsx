import { Button } from '@mantine/core';
import { IconDatabaseX } from '@tabler/icons-react';
import { useState } from 'react';
import type { FileAside } from '#shared/model/journal';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { salvagedWords } from '../../text/damageWords';
import { useWords } from '../../text/useWords';
import { AskOnce } from '../../ui/AskOnce';
import { ErrorNote } from '../../ui/ErrorNote';
import { Banner } from './Banner';

const asideWords = {
  damaged: 'journal.damaged',
  otherVersion: 'journal.keptOther',
  moved: 'journal.moved',
  deleted: 'journal.deleted',
} as const satisfies Record<FileAside['why'], string>;

/** Problems of the journal: recording stopped, records were lost, or an old file was set aside. */
export function JournalBanner() {
  const words = useWords();
  const { t } = words;
  const begin = useRequest('beginJournal');
  const journal = useCrema((s) => s.journal);
  const [seen, setSeen] = useState<string | null>(null);
  const icon = <IconDatabaseX size={18} aria-hidden />;
  switch (journal.status) {
    case 'closed':
      return null;
    case 'open': {
      const { aside, lost = 0, salvage } = journal;
      const message = [
        ...(aside === null ? [] : [t(asideWords[aside.why], { file: aside.file })]),
        ...(aside?.found === undefined ? [] : [t('journal.found', { file: aside.found })]),
        ...(lost === 0 ? [] : [t('journal.lostBefore', { count: lost })]),
        ...(salvage?.isOver === true ? [salvagedWords(words, salvage)] : []),
      ].join(' ');
      if ((message === '' && salvage === undefined) || seen === message) return null;
      return (
        <Banner
          kind="mode"
          icon={icon}
          actions={
            <Button variant="default" onClick={() => setSeen(message)}>
              {t('journal.understood')}
            </Button>
          }
        >
          {message}
          {salvage?.isOver === false && (
            <> {t('journal.salvaging', { percent: Math.floor(salvage.share * 100) })}</>
          )}
        </Banner>
      );
    }
    case 'refused':
      return (
        <Banner
          kind="failure"
          icon={icon}
          actions={
            <AskOnce
              label={t('journal.begin')}
              question={t('journal.beginQuestion')}
              busy={begin.busy}
              onYes={() => void begin.run(undefined)}
            />
          }
        >
          <strong>{t('journal.notKept')}</strong>{' '}
          <span>
            {journal.version === null
              ? t('journal.notOurs')
              : t('journal.otherVersion', { version: journal.version })}
          </span>
          <ErrorNote error={begin.error} />
        </Banner>
      );
    case 'failing':
      return (
        <Banner kind="failure" icon={icon} actions={null}>
          <strong>{t('journal.notKept')}</strong>{' '}
          <span>
            {t('journal.failing', { detail: journal.detail, count: journal.waiting })}
            {journal.lost > 0 && ` ${t('journal.lost', { count: journal.lost })}`}
          </span>
        </Banner>
      );
  }
}
