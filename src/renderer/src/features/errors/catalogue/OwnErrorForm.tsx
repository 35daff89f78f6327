import { Button, Checkbox, Group, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { errorKey, lookupErrorCode } from '#shared/errors/codes';
import { longestErrorText, longestName } from '#shared/limits';
import { errorSeverities, type OwnError, type OwnErrors } from '#shared/model/ownErrors';
import { useWords } from '../../../text/useWords';
import { ErrorNote } from '../../../ui/ErrorNote';
import { useRequest, type RequestState } from '../../../bridge/request';
import { useCrema } from '../../../store';

interface OwnErrorFormProps {
  /** `null`: the user types it. */
  readonly code: string | null;
  readonly onDone: () => void;
}

const texts = ['meaning', 'cause', 'remedy'] as const;
type Draft = Readonly<Record<'name' | (typeof texts)[number], string>> & {
  readonly severity: OwnError['severity'] | null;
  readonly muted: boolean;
};

const draftOf = (entry: OwnError | null): Draft => ({
  name: entry?.name ?? '',
  meaning: entry?.meaning ?? '',
  cause: entry?.cause ?? '',
  remedy: entry?.remedy ?? '',
  severity: entry?.severity ?? null,
  muted: entry?.muted === true,
});

/** `null`: the entry is empty. */
function entryOf({ severity, muted, ...written }: Draft): OwnError | null {
  const filled = Object.entries(written).flatMap(([name, value]) =>
    value.trim() === '' ? [] : [[name, value.trim()] as const],
  );
  const entry = {
    ...Object.fromEntries(filled),
    ...(severity !== null && severity !== undefined && { severity }),
    ...(muted && { muted }),
  } as OwnError;
  return Object.keys(entry).length === 0 ? null : entry;
}

/** One of the user's own entries; empty fields show the catalogue's texts. */
export function OwnErrorForm({ code: given, onDone }: OwnErrorFormProps) {
  const { t, inLanguage, ownError } = useWords();
  const { put, busy, error } = useOwnErrors();
  const [typed, setTyped] = useState(given ?? '');
  const [draft, setDraft] = useState(() => draftOf(given === null ? null : ownError(given)));
  const code = typed.trim();
  const known = code === '' ? null : lookupErrorCode(code);
  const change = (patch: Partial<Draft>): void => setDraft((old) => ({ ...old, ...patch }));
  const entry = entryOf(draft);
  const before = code === '' ? null : ownError(code);
  const usual =
    known?.isListed === true
      ? t('catalogue.asCatalogue', { what: t(`machine.severity.${known.severity}`) })
      : t('catalogue.asMachine');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (code === '' || (entry === null && before === null)) return;
        void put(code, entry).then((done) => done && onDone());
      }}
    >
      <Stack gap="sm">
        <Group gap="sm" align="start" grow preventGrowOverflow={false}>
          {given === null && (
            <TextInput
              label={t('catalogue.code')}
              maxLength={64}
              value={typed}
              data-autofocus
              autoFocus
              {...(before !== null && { description: t('catalogue.known') })}
              onChange={(event) => {
                const next = event.currentTarget.value;
                setTyped(next);
                const there = next.trim() === '' ? null : ownError(next);
                if (there !== null && errorKey(next) !== errorKey(typed)) setDraft(draftOf(there));
              }}
            />
          )}
          <TextInput
            label={t('catalogue.member.name')}
            maxLength={longestName}
            value={draft.name}
            autoFocus={given !== null}
            placeholder={known === null ? '' : inLanguage(known.title)}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
        </Group>
        {texts.map((name) => (
          <Textarea
            key={name}
            size="xs"
            label={t(`catalogue.member.${name}`)}
            maxLength={longestErrorText}
            autosize
            minRows={1}
            maxRows={4}
            value={draft[name]}
            placeholder={known?.[name] ? inLanguage(known[name]) : ''}
            onChange={(event) => change({ [name]: event.currentTarget.value })}
          />
        ))}
        <Select
          label={t('catalogue.member.severity')}
          value={draft.severity ?? 'usual'}
          allowDeselect={false}
          data={[
            { value: 'usual', label: usual },
            ...errorSeverities.map((value) => ({ value, label: t(`machine.severity.${value}`) })),
          ]}
          onChange={(value) => change({ severity: errorSeverities.find((one) => one === value) ?? null })}
        />
        <Checkbox
          size="xs"
          label={t('catalogue.member.muted')}
          checked={draft.muted}
          onChange={(event) => change({ muted: event.currentTarget.checked })}
        />
        <ErrorNote error={error} />
        <Group gap="sm" justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {t('catalogue.cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={code === '' || (entry === null && before === null)}>
            {t('catalogue.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface OwnErrorsChange extends Pick<RequestState<'setSettings'>, 'busy' | 'error'> {
  readonly own: OwnErrors;
  /** Resolves to whether the change was stored; `null` removes the entry. */
  readonly put: (code: string, entry: OwnError | null) => Promise<boolean>;
}

/** The user's own entries, and the function to change one. */
export function useOwnErrors(): OwnErrorsChange {
  const own = useCrema((s) => s.settings.ownErrors);
  const { run, busy, error } = useRequest('setSettings');
  const put = (code: string, entry: OwnError | null): Promise<boolean> => {
    const key = errorKey(code);
    const others = Object.fromEntries(Object.entries(own).filter(([other]) => other !== key));
    return run({ ownErrors: entry === null ? others : { ...others, [key]: entry } });
  };
  return { own, put, busy, error };
}
