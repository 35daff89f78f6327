import { Button, Menu } from '@mantine/core';
import { IconCheck, IconChevronDown, IconCopy } from '@tabler/icons-react';
import { useContext, useEffect, useState } from 'react';
import { useWords } from '../../../text/useWords';
import { CopyContext } from '../../../ui/Copyable';
import { copyForms, type Copies } from './copyForms';

interface CopyMenuProps {
  readonly copies: () => Copies;
  readonly label: string;
}

/** Copies content in a chosen form. */
export function CopyMenu({ copies, label }: CopyMenuProps) {
  const { t } = useWords();
  const put = useContext(CopyContext);
  const [copied, setCopied] = useState(false);
  const [offered, setOffered] = useState<Copies>({});
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <Menu position="bottom-end" shadow="md" onOpen={() => setOffered(copies())}>
      <Menu.Target>
        <Button
          size="compact-xs"
          variant="default"
          aria-label={label}
          title={label}
          leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          rightSection={<IconChevronDown size={12} />}
        >
          {copied ? t('app.copied') : t('detail.copy')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {copyForms.map((form) => {
          const text = offered[form];
          return text === undefined ? null : (
            <Menu.Item key={form} onClick={() => void put(text).then(setCopied)}>
              {form === 'json' ? 'JSON' : t(`detail.copyAs.${form}`)}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
