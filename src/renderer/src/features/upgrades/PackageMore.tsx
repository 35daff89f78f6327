import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState, type CSSProperties } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { PackageContents, UpgradePackage } from '#shared/model/upgrade';
import { request, useRequest } from '../../bridge/request';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { CopyButton } from '../../ui/Copyable';
import { ErrorNote } from '../../ui/ErrorNote';
import { KeyValue, KeyValues } from '../../ui/KeyValue';
import classes from './PackageFacts.module.css';
import screen from './Upgrades.module.css';

/** Size, checksums with their comparison, and content of a package. */
export function PackageMore({ pkg }: { readonly pkg: UpgradePackage }) {
  const words = useWords();
  const { t } = words;
  return (
    <div className={screen['stack']}>
      <KeyValues>
        <KeyValue label={t('upgrades.size')}>
          {words.bytes(pkg.size)} <span className="dim">({words.number(pkg.size)} B)</span>
        </KeyValue>
        <KeyValue label={t('upgrades.contents')}>
          {t('upgrades.unpacked', { count: pkg.members, size: words.bytes(pkg.unpackedSize) })}
        </KeyValue>
        <KeyValue label={t('upgrades.added')}>{words.dateTime(pkg.addedAt)}</KeyValue>
        <KeyValue label={t('upgrades.sha256')}>
          <span className={classes['hash']}>{pkg.id}</span>{' '}
          <CopyButton text={() => pkg.id} what={t('upgrades.sha256')} />
        </KeyValue>
        <KeyValue label={t('upgrades.md5')}>
          <span className={classes['hash']}>{pkg.md5}</span>{' '}
          <CopyButton text={() => pkg.md5} what={t('upgrades.md5')} />
        </KeyValue>
        <KeyValue label={t('packages.matched')}>
          {pkg.matched.length === 0
            ? t('packages.matchedNone')
            : pkg.matched
                .map(({ by, file }) =>
                  file === ''
                    ? t('packages.matchedTyped', { by: by === 'md5' ? 'MD5' : 'SHA-256' })
                    : t('packages.matchedFile', { by: by === 'md5' ? 'MD5' : 'SHA-256', file }),
                )
                .join(t('packages.and'))}
        </KeyValue>
      </KeyValues>
      <Check id={pkg.id} />
      <Members pkg={pkg} />
    </div>
  );
}

/** Compares a checksum that the user has. */
function Check({ id }: { readonly id: string }) {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const check = useRequest('checkPackage');
  const run = async (): Promise<void> => {
    if (typed.trim() !== '' && (await check.run({ id, expected: typed }))) setTyped('');
  };
  return (
    <div>
      <div className={classes['check']}>
        <TextInput
          aria-label={t('packages.expected')}
          placeholder={t('packages.expectedPlaceholder')}
          value={typed}
          maxLength={200}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            check.clear();
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') void run();
          }}
        />
        <Button
          variant="default"
          disabled={typed.trim() === ''}
          loading={check.busy}
          onClick={() => void run()}
        >
          {t('packages.check')}
        </Button>
      </div>
      <ErrorNote error={hideKnownErrors(check.error)} />
    </div>
  );
}

/** ms after the last key press until the search. */
const quiet = 200;

function Members({ pkg: { id, members: count } }: { readonly pkg: UpgradePackage }) {
  const { t } = useWords();
  const [text, setText] = useState('');
  const [contents, setContents] = useState<PackageContents | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const ask = async (): Promise<void> => {
      const reply = await request('packageContents', { id, text });
      if (!isCurrent) return;
      if (reply.ok) setContents(reply.value);
      setError(reply.ok ? null : reply.error);
    };
    const timer = setTimeout(() => void ask(), text === '' ? 0 : quiet);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [id, text]);
  return (
    <div className={screen['stack']}>
      <TextInput
        aria-label={t('packages.search')}
        placeholder={t('packages.search')}
        leftSection={<IconSearch size={14} />}
        value={text}
        maxLength={200}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setText('');
        }}
      />
      <ErrorNote error={error} />
      {/* A fixed height, so that nothing below moves when it is loaded. */}
      <p className={screen['note']} role="status">
        {contents === null
          ? '\u00a0'
          : t('packages.found', { count: contents.found, all: count, shown: contents.members.length })}
      </p>
      <ul
        className={classes['members']}
        style={{ '--members': count } as CSSProperties}
        aria-label={t('upgrades.contents')}
        // A scrollable element must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        {contents?.members.map((member) => (
          <Boundary key={member.name} as="item" where="member of a package" of={member}>
            <Member {...member} />
          </Boundary>
        ))}
      </ul>
    </div>
  );
}

function Member({ name, size }: PackageContents['members'][number]) {
  const words = useWords();
  return (
    <li>
      <span>{name}</span>
      <span className="tabular dim">{words.bytes(size)}</span>
    </li>
  );
}

/** Hides errors that the screen already shows: the user's own cancel, and a damaged copy, which is shown above. */
export const hideKnownErrors = (error: AppError | null): AppError | null =>
  error?.code === 'packageRefused' && ['cancelled', 'spoilt'].includes(String(error.params['reason']))
    ? null
    : error;
