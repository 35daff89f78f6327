import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useRef } from 'react';
import { ariaKey } from './keys';
import { useHotkey } from './useHotkey';

interface SearchFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly clearLabel: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Enter or arrow down moves to the list below. */
  readonly onLeave: () => void;
}

/** The search field above a list: `/` focuses it, Escape clears it. */
export function SearchField({ label, placeholder, clearLabel, value, onChange, onLeave }: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  useHotkey('search', () => input.current?.select());
  return (
    <TextInput
      ref={input}
      w={280}
      wrapperProps={{ 'data-search': true }}
      aria-label={label}
      aria-keyshortcuts={ariaKey('search')}
      placeholder={placeholder}
      leftSection={<IconSearch size={14} />}
      rightSection={
        value === '' ? null : (
          <CloseButton
            size="xs"
            aria-label={clearLabel}
            onClick={() => {
              onChange('');
              // The button disappears and would lose the focus.
              input.current?.focus();
            }}
          />
        )
      }
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onChange('');
        if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
        onLeave();
        event.preventDefault();
      }}
    />
  );
}
