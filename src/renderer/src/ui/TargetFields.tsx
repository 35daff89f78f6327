import { TextInput } from '@mantine/core';
import type { TypedTarget } from './typedTarget';

interface Field {
  readonly label: string;
  readonly placeholder: string;
  /** What is wrong with what is typed. */
  readonly error: string | null;
}

interface TargetFieldsProps {
  readonly typed: TypedTarget;
  readonly host: Field;
  readonly port: Field;
  readonly onType: (patch: Partial<TypedTarget>) => void;
}

/** Where something listens: an address or a name, and its port. */
export function TargetFields({ typed, host, port, onType }: TargetFieldsProps) {
  return (
    <>
      <TextInput
        {...host}
        autoComplete="off"
        spellCheck={false}
        w={200}
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
