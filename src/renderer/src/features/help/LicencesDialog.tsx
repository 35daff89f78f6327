import { Box, Button, CloseButton, Group, Stack, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { Licence } from '#shared/model/about';
import { request, useRequest } from '../../bridge/request';
import { useWords } from '../../text/useWords';
import { CopyButton } from '../../ui/Copyable';
import { Dialog } from '../../ui/Dialog';
import { ErrorNote } from '../../ui/ErrorNote';
import { listMove } from '../../ui/listKeys';
import { revealIn } from '../../ui/reveal';
import classes from './Help.module.css';

const has = ({ name, licence, text }: Licence, query: string): boolean =>
  [name, licence, text ?? ''].some((one) => one.toLowerCase().includes(query));

/** The licences of all shipped software: a searchable list, and the chosen text. */
export function LicencesDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const [licences, setLicences] = useState<readonly Licence[]>([]);
  const [error, setError] = useState<AppError | null>(null);
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<Licence | null>(null);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let isCurrent = true;
    const ask = async (): Promise<void> => {
      const reply = await request('licences', undefined);
      if (!isCurrent) return;
      if (reply.ok) setLicences(reply.value);
      else setError(reply.error);
    };
    void ask();
    return () => {
      isCurrent = false;
    };
  }, []);
  const found = licences.filter((one) => has(one, query.trim().toLowerCase()));
  const shown = chosen !== null && found.includes(chosen) ? chosen : (found[0] ?? null);
  return (
    <Dialog title={t('help.licences.title')} size={960} onClose={onClose}>
      <Stack gap="sm">
        <p className="dim">{t('help.licences.note')}</p>
        <ErrorNote error={error} />
        <Group gap="sm">
          <TextInput
            w={320}
            data-autofocus
            aria-label={t('help.licences.search')}
            placeholder={t('help.licences.search')}
            leftSection={<IconSearch size={14} aria-hidden />}
            rightSection={
              query !== '' && (
                <CloseButton size="xs" aria-label={t('help.licences.clear')} onClick={() => setQuery('')} />
              )
            }
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowDown') return;
              event.preventDefault();
              list.current?.focus();
            }}
          />
          <span className="dim tabular" role="status">
            {t('help.licences.found', { count: found.length, all: licences.length })}
          </span>
        </Group>
        <div className={classes['licences']}>
          <LicenceList ref={list} licences={found} shown={shown} onChoose={setChosen} />
          {shown === null ? (
            <p className="dim">{licences.length > 0 && t('help.licences.nothing')}</p>
          ) : (
            <LicenceText key={`${shown.name} ${shown.version}`} licence={shown} />
          )}
        </div>
      </Stack>
    </Dialog>
  );
}

interface LicenceListProps {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly licences: readonly Licence[];
  readonly shown: Licence | null;
  readonly onChoose: (licence: Licence) => void;
}
function LicenceList({ ref, licences, shown, onChoose }: LicenceListProps) {
  const { t } = useWords();
  const id = useId();
  const at = shown === null ? -1 : licences.indexOf(shown);
  const move = (event: KeyboardEvent): void => {
    const to = listMove(event, at, licences.length, 10);
    const licence = to === null ? undefined : licences[to];
    if (licence === undefined) return;
    event.preventDefault();
    onChoose(licence);
    revealIn(ref.current, ref.current?.children[to ?? 0]);
  };
  return (
    <div
      ref={ref}
      className={classes['list']}
      role="listbox"
      tabIndex={0}
      aria-label={t('help.licences.list')}
      aria-activedescendant={at < 0 ? undefined : `${id}-${at}`}
      onKeyDown={move}
    >
      {licences.map((one, index) => (
        // The list handles the keys.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
        <div
          key={`${one.name} ${one.version}`}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === at}
          onClick={() => onChoose(one)}
        >
          <span>
            {one.name} <span className="dim">{one.version}</span>
          </span>
          <span className="dim">{one.licence}</span>
        </div>
      ))}
    </div>
  );
}

function LicenceText({ licence: { name, version, licence, text } }: { readonly licence: Licence }) {
  const { t } = useWords();
  const open = useRequest('openChromiumLicences');
  return (
    <section className={classes['licence']} aria-label={t('help.licences.text', { name })}>
      <Group gap="sm" justify="space-between">
        <h3>
          {name} {version} · {licence}
        </h3>
        {text !== null && (
          <CopyButton text={() => text} what={t('help.licences.copyWhat')}>
            {t('help.licences.copy')}
          </CopyButton>
        )}
      </Group>
      {text === null ? (
        <Stack gap="sm" align="flex-start">
          <p>{t('help.licences.apart')}</p>
          {/* Not disabled while busy: a disabled button loses the focus, and Escape would not work. */}
          <Button variant="default" onClick={() => void open.run(undefined)}>
            {t('help.licences.open')}
          </Button>
          <ErrorNote error={open.error} />
        </Stack>
      ) : (
        // A scrollable element must be reachable by keyboard.
        <Box component="pre" className={classes['text'] ?? ''} tabIndex={0}>
          {text}
        </Box>
      )}
    </section>
  );
}
