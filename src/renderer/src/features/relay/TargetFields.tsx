import { TextInput } from '@mantine/core';
import { useWords } from '../../text/useWords';
import type { TypedTarget } from './typedTarget';

interface TargetFieldsProps {
  readonly typed: TypedTarget;
  readonly wrong: 'host' | 'port' | null;
  readonly onType: (patch: Partial<TypedTarget>) => void;
}

/** Where a server is. */
export function TargetFields({ typed, wrong, onType }: TargetFieldsProps) {
  const { t } = useWords();
  return (
    <>
      <TextInput
        label={t('relay.host')}
        placeholder="10.0.0.9"
        autoComplete="off"
        spellCheck={false}
        w={200}
        value={typed.host}
        error={wrong === 'host' ? t('relay.hostWrong') : undefined}
        onChange={(event) => onType({ host: event.currentTarget.value })}
      />
      <TextInput
        label={t('relay.port')}
        placeholder="4567"
        autoComplete="off"
        inputMode="numeric"
        w={96}
        value={typed.port}
        error={wrong === 'port' ? t('relay.portWrong') : undefined}
        onChange={(event) => onType({ port: event.currentTarget.value })}
      />
    </>
  );
}
