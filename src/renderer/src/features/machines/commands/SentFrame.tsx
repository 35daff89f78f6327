import { Button, Group } from '@mantine/core';
import { useEffect, useState } from 'react';
import { visibleJson } from '#shared/visible';
import { request } from '../../../bridge/request';
import { showFrame } from '../../../store/navigate';
import { useWords } from '../../../text/useWords';
import { CopyButton } from '../../../ui/Copyable';
import classes from './Commands.module.css';

interface SentFrameProps {
  readonly vmcNo: number;
  readonly entry: number;
}

/** The sent bytes, unchanged. */
export function SentFrame({ vmcNo, entry }: SentFrameProps) {
  const { t } = useWords();
  const [text, setText] = useState<string | null>(null);
  const [gone, setGone] = useState(false);
  useEffect(() => {
    let current = true;
    const read = async (): Promise<void> => {
      const reply = await request('frame', { id: entry });
      if (!current) return;
      if (reply.ok) setText(reply.value.fullText);
      else setGone(true);
    };
    void read();
    return () => {
      current = false;
    };
  }, [entry]);
  return (
    <div className={classes['frame']} data-frame-text={entry}>
      <Group gap="sm" justify="space-between">
        <Button variant="default" size="compact-xs" onClick={() => showFrame(vmcNo, entry)}>
          {t('control.list.showFrame', { id: entry })}
        </Button>
        {text !== null && <CopyButton text={() => visibleJson(text)} what="JSON" />}
      </Group>
      {gone ? <p className="dim">{t('control.list.frameGone')}</p> : <pre className="mono">{text}</pre>}
    </div>
  );
}
