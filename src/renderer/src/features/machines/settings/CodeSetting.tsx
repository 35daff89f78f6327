import { codePattern } from '#shared/limits';
import { Button, Group, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useRequest } from '../../../bridge/request';
import { useCrema } from '../../../store';
import { useWords } from '../../../text/useWords';
import { ErrorNote } from '../../../ui/ErrorNote';
import { keepFocus } from '../../../ui/keepFocus';
import { SettingBlock } from '../../../ui/SettingBlock';

/** More characters than a code has: a truncated code could look complete. */
const longestTyped = 100;

/** The verification code can be set but never read: only its storage place is shown. */
export function CodeSetting({ vmcNo }: { readonly vmcNo: number }) {
  const { t } = useWords();
  const stored = useCrema((s) => s.codes[vmcNo] ?? 'none');
  const [code, setCode] = useState('');
  const store = useRequest('setMachineCode');
  const keep = async (value: string | null): Promise<void> => {
    if (await store.run({ vmcNo, code: value })) setCode('');
  };
  const complete = codePattern.test(code);
  const wrong = /\s/.test(code) ? t('machineCode.spaces') : t('machineCode.length', { count: code.length });
  return (
    <SettingBlock title={t('machineCode.title')} notes={[t('machineCode.note')]}>
      {() => (
        <form
          ref={keepFocus}
          onSubmit={(event) => {
            event.preventDefault();
            if (complete) void keep(code);
          }}
        >
          <p data-code-stored={stored}>{t(`machineCode.stored.${stored}`)}</p>
          <Group gap="sm" align="flex-start" mt="xs">
            <PasswordInput
              w={240}
              aria-label={t('machineCode.newCode')}
              placeholder={t('machineCode.newCode')}
              visibilityToggleButtonProps={{ 'aria-label': t('machineCode.show') }}
              autoComplete="off"
              maxLength={longestTyped}
              value={code}
              error={code === '' || complete ? null : wrong}
              // Pasted text may contain spaces.
              onChange={(event) => setCode(event.currentTarget.value.trim())}
            />
            <Button type="submit" variant="default" loading={store.busy} disabled={!complete}>
              {t('machineCode.store')}
            </Button>
            {stored !== 'none' && (
              <Button variant="default" disabled={store.busy} onClick={() => void keep(null)}>
                {t('machineCode.remove')}
              </Button>
            )}
          </Group>
          <ErrorNote error={store.error} />
        </form>
      )}
    </SettingBlock>
  );
}
