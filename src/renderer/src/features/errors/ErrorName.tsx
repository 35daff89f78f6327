import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { errorKey, lookupErrorCode } from '#shared/errors/codes';
import { longestName } from '#shared/limits';
import { useRequest } from '../../bridge/request';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { ErrorNote } from '../../ui/ErrorNote';

/** A code that no list has gets the name that a person gives it, from then on wherever it is shown. */
export function ErrorName({ code }: { readonly code: string }) {
  const { t } = useWords();
  const names = useCrema((s) => s.settings.errorNames);
  const set = useRequest('setSettings');
  const [typed, setTyped] = useState<string | null>(null);
  const key = errorKey(code);
  const given = Object.hasOwn(names, key) ? names[key] : undefined;
  if (given === undefined && lookupErrorCode(code)?.isListed === true) return null;
  const others = Object.fromEntries(Object.entries(names).filter(([other]) => other !== key));
  const keep = async (errorNames: Readonly<Record<string, string>>): Promise<void> => {
    if (await set.run({ errorNames })) setTyped(null);
  };
  const name = typed?.trim() ?? '';
  return (
    <div>
      {typed === null ? (
        <Group gap={6}>
          {given !== undefined && <span className="dim">{t('setting.errorNames.named')}</span>}
          <Button variant="default" size="compact-sm" onClick={() => setTyped(given ?? '')}>
            {t(given === undefined ? 'setting.errorNames.give' : 'setting.errorNames.change')}
          </Button>
          {given !== undefined && (
            <Button variant="subtle" size="compact-sm" loading={set.busy} onClick={() => void keep(others)}>
              {t('setting.errorNames.remove')}
            </Button>
          )}
        </Group>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (name !== '') void keep({ ...others, [key]: name });
          }}
        >
          <Group gap={6} align="end">
            <TextInput
              label={t('setting.errorNames.title')}
              maxLength={longestName}
              value={typed}
              data-autofocus
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            <Button type="submit" disabled={name === ''} loading={set.busy}>
              {t('setting.errorNames.save')}
            </Button>
          </Group>
          <p className="dim">{t('setting.errorNames.note')}</p>
        </form>
      )}
      <ErrorNote error={set.error} />
    </div>
  );
}
