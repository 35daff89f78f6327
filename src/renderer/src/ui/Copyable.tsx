import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useWords } from '../text/useWords';

/** Copies a text to the clipboard; resolves to whether this succeeded. */
export type Copy = (text: string) => Promise<boolean>;
export const CopyContext = createContext<Copy>(() => Promise.resolve(false));

function useCopied(text: () => string): { copied: boolean; copy: () => void } {
  const put = useContext(CopyContext);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [copied]);
  return { copied, copy: () => void put(text()).then(setCopied) };
}

interface CopyButtonProps {
  readonly text: () => string;
  /** The copied content, for the button's name. */
  readonly what: string;
  /** Shown on the button; without it only an icon. */
  readonly children?: ReactNode;
}

export function CopyButton({ text, what, children }: CopyButtonProps) {
  const { t } = useWords();
  const { copied, copy } = useCopied(text);
  const icon = copied ? <IconCheck size={14} /> : <IconCopy size={14} />;
  const label = copied ? t('app.copied') : t('app.copyWhat', { what });
  if (children !== undefined)
    return (
      <Button size="compact-xs" variant="default" leftSection={icon} onClick={copy}>
        {copied ? t('app.copied') : children}
      </Button>
    );
  return (
    <Tooltip label={label}>
      <ActionIcon onClick={copy} aria-label={label}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
