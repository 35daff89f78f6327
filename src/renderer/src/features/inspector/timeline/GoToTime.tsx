import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { readMoment, startOf } from '#shared/filter/language/times';
import { useCrema } from '../../../store';
import { isCapture } from '../../../store/source';
import { clockWords } from '../../../text/captureWords';
import { useWords } from '../../../text/useWords';
import { Dialog } from '../../../ui/Dialog';
import { clock } from '../../../ui/ticker';

interface GoToTimeProps {
  /** Resolves to false if there is no frame; to true also if the user goes elsewhere meanwhile. */
  readonly onGo: (ms: number) => Promise<boolean>;
  readonly onClose: () => void;
}

/** The last input, until the window closes. */
let last = '';

/** Accepts times in the filters' format. */
export function GoToTime({ onGo, onClose }: GoToTimeProps) {
  const words = useWords();
  const { t } = words;
  const inCapture = useCrema(isCapture);
  const [typed, setTyped] = useState(last);
  const [tried, setTried] = useState<'wrong' | 'none' | null>(null);
  const [busy, setBusy] = useState(false);
  const isOpen = useRef(true);
  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
    };
  }, []);
  const moment = readMoment(typed, clock());
  const go = async (): Promise<void> => {
    if (moment === null) {
      setTried('wrong');
      return;
    }
    setBusy(true);
    const isThere = await onGo(startOf(moment));
    // Closed meanwhile; another one may be open now.
    if (!isOpen.current) return;
    setBusy(false);
    if (isThere) onClose();
    else setTried('none');
  };
  const understood =
    moment === null
      ? t('frames.goTo.how')
      : t('packages.aside', {
          text: `${words.date(startOf(moment))} ${words.clock(startOf(moment))}`,
          more: clockWords(words, inCapture),
        });
  return (
    <Dialog title={t('frames.goTo.title')} size={400} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void go();
        }}
      >
        <Stack gap="sm">
          <TextInput
            data-autofocus
            label={t('frames.goTo.label')}
            description={understood}
            placeholder="10:30"
            error={
              tried === 'wrong'
                ? t('filter.error.timeWrong', { value: typed })
                : tried === 'none'
                  ? t('frames.goTo.none')
                  : null
            }
            value={typed}
            onChange={(event) => {
              last = event.currentTarget.value;
              setTyped(event.currentTarget.value);
              setTried(null);
            }}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {t('frames.goTo.go')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
