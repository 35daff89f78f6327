import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCheck, IconPhoto } from '@tabler/icons-react';
import { useContext, useEffect, useState } from 'react';
import { useWords } from '../../text/useWords';
import { CopyImageContext, pictureOf } from './copyImage';

interface CopyPictureProps {
  readonly title: string;
  /** The drawing; `null`: not drawn yet. */
  readonly canvas: () => HTMLCanvasElement | null;
}

/** Copies a drawing with its title to the clipboard as PNG. */
export function CopyPicture({ title, canvas }: CopyPictureProps) {
  const { t } = useWords();
  const put = useContext(CopyImageContext);
  const [done, setDone] = useState<'copied' | 'failed' | null>(null);
  useEffect(() => {
    if (done === null) return;
    const timer = setTimeout(() => setDone(null), 2_500);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = async (): Promise<void> => {
    const drawn = canvas();
    const picture = drawn === null ? null : await pictureOf(title, drawn);
    setDone(picture !== null && (await put(picture)) ? 'copied' : 'failed');
  };
  const label = done === null ? t('chart.copy', { title }) : t(`chart.${done}`);
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={() => void copy()}>
        {done === 'copied' ? <IconCheck size={14} /> : <IconPhoto size={14} />}
      </ActionIcon>
    </Tooltip>
  );
}
