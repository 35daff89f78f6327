import { useState, type ReactNode } from 'react';
import { Button, Group, Popover, Stack, Tooltip } from '@mantine/core';
import { useWords } from '../text/useWords';

interface AskOnceProps {
  readonly label: string;
  /** The accessible name if the label alone is ambiguous; it contains the label. */
  readonly name?: string;
  readonly size?: 'compact-xs' | 'compact-sm';
  readonly icon?: ReactNode;
  /** The confirmation question. */
  readonly question: string;
  readonly yes?: string;
  readonly danger?: boolean;
  /** The main action of its screen. */
  readonly isPrimary?: boolean;
  /** Why the action is not possible now; the button stays visible. */
  readonly impossible?: string | null;
  readonly busy?: boolean;
  readonly onYes: () => void;
}

/** A button for an irreversible action. It asks once for confirmation, in place. */
export function AskOnce({
  label,
  name,
  size,
  icon,
  question,
  yes,
  danger,
  isPrimary = false,
  impossible = null,
  busy,
  onYes,
}: AskOnceProps) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const colour = danger === true ? 'red' : 'petrol';
  if (impossible !== null)
    return (
      <Tooltip label={impossible}>
        <Button
          variant="default"
          leftSection={icon}
          data-disabled
          aria-disabled
          aria-description={impossible}
          onClick={(event) => event.preventDefault()}
        >
          {label}
        </Button>
      </Tooltip>
    );
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-end"
      trapFocus
      returnFocus
      withArrow
      shadow="md"
      width={300}
    >
      <Popover.Target>
        <Button
          variant={isPrimary ? 'filled' : 'default'}
          leftSection={icon}
          loading={busy === true}
          {...(size !== undefined && { size })}
          {...(name !== undefined && { 'aria-label': name })}
          // The second click of a double click does not close it.
          onClick={(event) => event.detail < 2 && setOpen(!open)}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <Stack gap="sm">
          <p>{question}</p>
          <Group gap="sm" justify="flex-end">
            <Button variant="default" onClick={() => setOpen(false)}>
              {t('app.cancel')}
            </Button>
            <Button
              color={colour}
              data-autofocus
              onClick={() => {
                setOpen(false);
                onYes();
              }}
            >
              {yes ?? label}
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
