import { Button } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';

interface FoldButtonProps {
  readonly label: string;
  readonly isOpen: boolean;
  readonly onToggle: (isOpen: boolean) => void;
}

/** Shows and hides a part of a screen. The caller remembers the choice. */
export function FoldButton({ label, isOpen, onToggle }: FoldButtonProps) {
  const Icon = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <Button
      variant="subtle"
      color="gray"
      aria-expanded={isOpen}
      leftSection={<Icon size={14} aria-hidden />}
      onClick={() => onToggle(!isOpen)}
    >
      {label}
    </Button>
  );
}
