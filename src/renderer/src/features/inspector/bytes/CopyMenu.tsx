import { Button, Menu } from '@mantine/core';
import { IconCheck, IconChevronDown, IconCopy } from '@tabler/icons-react';
import { useContext, useEffect, useState } from 'react';
import { useWords } from '../../../text/useWords';
import { CopyContext } from '../../../ui/Copyable';
import { copyForms, type Copies } from './copyForms';

export interface CopyGroup {
  readonly label: string;
  readonly copies: Copies;
}

/** Copies content in a chosen form. */
export function CopyMenu({ groups }: { readonly groups: () => readonly CopyGroup[] }) {
  const { t } = useWords();
  const put = useContext(CopyContext);
  const [copied, setCopied] = useState(false);
  const [offered, setOffered] = useState<readonly CopyGroup[]>([]);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <Menu position="bottom-end" shadow="md" onOpen={() => setOffered(groups())}>
      <Menu.Target>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          rightSection={<IconChevronDown size={12} />}
        >
          {copied ? t('app.copied') : t('detail.copy')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {offered.map(({ label, copies }) => (
          <div key={label} role="group" aria-label={label}>
            <Menu.Label aria-hidden>{label}</Menu.Label>
            {copyForms.map((form) => {
              const text = copies[form];
              return text === undefined ? null : (
                <Menu.Item key={form} onClick={() => void put(text).then(setCopied)}>
                  {form === 'json' ? 'JSON' : form === 'base64' ? 'Base64' : t(`detail.copyAs.${form}`)}
                </Menu.Item>
              );
            })}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
