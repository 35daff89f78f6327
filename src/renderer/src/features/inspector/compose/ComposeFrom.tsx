import { ActionIcon } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import type { FrameDetail } from '#shared/model/frame';
import { useCrema } from '../../../store';
import { isSite } from '../../../store/sites';
import { nothingSentWords } from '../../../text/captureWords';
import { useWords } from '../../../text/useWords';
import { Boundary } from '../../../ui/Boundary';
import { ariaKey, withKey } from '../../../ui/keys';
import { useHotkey } from '../../../ui/useHotkey';
import { ComposeDialog } from './ComposeDialog';

/** Edits a recorded message and sends it again, or writes to the machine that sent it. */
export function ComposeFrom({ frame }: { readonly frame: FrameDetail }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const isCapture = useCrema((s) => s.source !== null);
  const isOfSite = useCrema(isSite);
  const { vmcNo, dir } = frame;
  const impossible = isCapture
    ? nothingSentWords({ t }, isOfSite)
    : vmcNo === null
      ? t('compose.noMachine')
      : null;
  const start = (): void => {
    if (impossible === null) setOpen(true);
  };
  useHotkey('write', start);
  const label = t(dir === 'out' ? 'compose.resend' : 'compose.answer');
  return (
    <>
      <ActionIcon
        aria-label={label}
        aria-keyshortcuts={ariaKey('write')}
        title={impossible ?? withKey(t, label, 'write')}
        {...(impossible !== null && {
          'aria-description': impossible,
          'aria-disabled': true,
          'data-disabled': true,
        })}
        onClick={start}
      >
        <IconPencil size={16} />
      </ActionIcon>
      {open && vmcNo !== null && (
        <Boundary where={`message to machine ${vmcNo}`} of={frame}>
          <ComposeDialog vmcNo={vmcNo} frame={frame} onClose={() => setOpen(false)} />
        </Boundary>
      )}
    </>
  );
}
