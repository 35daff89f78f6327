import { Textarea, TextInput } from '@mantine/core';
import { useId, useState, type ReactNode } from 'react';
import classes from './PackageFacts.module.css';
import screen from './Upgrades.module.css';

interface FieldProps {
  readonly label: string;
  /** The note, if the value has none of its own. */
  readonly note?: string;
  readonly missing?: boolean;
  /** Takes the whole width. */
  readonly wide?: boolean;
  readonly children: (labelId: string, noteId: string) => ReactNode;
}

/** A fact of a package beside its name. */
export function Field({ label, note, missing = false, wide = false, children }: FieldProps) {
  const id = useId();
  return (
    <div className={classes['field']} data-wide={wide || undefined}>
      <span id={id} className="dim">
        {label}
      </span>
      <div>
        {children(id, `${id}-note`)}
        {note !== undefined && (
          <p id={`${id}-note`} className={screen['note']} data-missing={missing || undefined}>
            {note}
          </p>
        )}
      </div>
    </div>
  );
}

/** A note under an input, also for screen readers. */
export const noteBelow = (note: string, missing: boolean) => ({
  inputWrapperOrder: ['label' as const, 'input' as const, 'description' as const, 'error' as const],
  description: (
    <span className={screen['note']} data-missing={missing || undefined}>
      {note}
    </span>
  ),
});

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly longest: number;
  readonly placeholder?: string;
  /** `typed`: the current text. */
  readonly note?: (typed: string) => { readonly text: string; readonly missing: boolean };
  readonly lines?: boolean;
  /** Resolves to whether it was stored. */
  readonly onKeep: (value: string) => Promise<boolean>;
}

/** Stored on Enter (not in a field with several lines) or when the field is left; Escape restores the value. */
export function TextField({
  label,
  value,
  longest,
  placeholder,
  note,
  lines = false,
  onKeep,
}: TextFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const keep = async (): Promise<void> => {
    if (typed === null) return;
    const next = typed.trim();
    if (next === value || (await onKeep(next))) setTyped(null);
  };
  const shown = typed ?? value;
  const shownNote = note?.(shown);
  return (
    <Field label={label}>
      {(id) => {
        const props = {
          ...(shownNote !== undefined && noteBelow(shownNote.text, shownNote.missing)),
          'aria-labelledby': id,
          maxLength: longest,
          ...(placeholder !== undefined && { placeholder }),
          value: shown,
          onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
            setTyped(event.currentTarget.value),
          onBlur: () => void keep(),
          onKeyDown: (event: { readonly key: string }) => {
            if (event.key === 'Enter' && !lines) void keep();
            if (event.key === 'Escape') setTyped(null);
          },
        };
        return lines ? (
          <Textarea {...props} autosize minRows={1} maxRows={5} />
        ) : (
          <TextInput {...props} classNames={{ wrapper: classes['short'] ?? '' }} />
        );
      }}
    </Field>
  );
}
