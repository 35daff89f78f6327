import { TextInput } from '@mantine/core';
import type { TypedTarget } from './typedTarget';

interface Field {
  readonly label: string;
  readonly placeholder: string;
  /** The error in the typed text. */
  readonly error: string | null;
}

interface TargetFieldsProps {
  readonly typed: TypedTarget;
  readonly host: Field;
  readonly port: Field;
  readonly onType: (patch: Partial<TypedTarget>) => void;
}

/** Fields for an address or host name, and a port. */
export function TargetFields({ typed, host, port, onType }: TargetFieldsProps) {
  return (
    <>
      <TextInput
        {...host}
        autoComplete="off"
        spellCheck={false}
        flex="1 1 120px"
        maw={200}
        value={typed.host}
        onChange={(event) => onType({ host: event.currentTarget.value })}
      />
      <TextInput
        {...port}
        autoComplete="off"
        inputMode="numeric"
        w={96}
        value={typed.port}
        onChange={(event) => onType({ port: event.currentTarget.value })}
      />
    </>
  );
}
