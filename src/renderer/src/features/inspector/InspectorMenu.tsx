import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { askExport, askReplay, useCrema } from '../../store';
import { isCapture } from '../../store/source';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { KeyHint } from '../../ui/KeyTable';
import { act } from '../../ui/useAction';
import { ComposeDialog } from './compose/ComposeDialog';

interface InspectorMenuProps {
  /** Not the frames of one machine's page. */
  readonly isOfAll: boolean;
  /** The machine that a custom message goes to; `null`: none is chosen. */
  readonly writesTo: number | null;
  readonly isStripShown: boolean;
  readonly onStrip: (shown: boolean) => void;
  readonly onGoTo: () => void;
  /** Actions for which the toolbar has no space. */
  readonly facts: ReactNode;
}

/** Inside the main landmark. */
const inMain = { target: 'main' };

/** Everything about the frames that needs no button of its own. */
export function InspectorMenu(props: InspectorMenuProps) {
  const { isOfAll, writesTo, isStripShown, onStrip, onGoTo, facts } = props;
  const { t } = useWords();
  const inCapture = useCrema(isCapture);
  const [composing, setComposing] = useState(false);
  return (
    <>
      <Menu
        withInitialFocusPlaceholder={false}
        portalProps={inMain}
        position="bottom-end"
        shadow="md"
        returnFocus
      >
        <Menu.Target>
          <ActionIcon aria-label={t('frames.more')} title={t('frames.more')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {facts !== null && <Menu.Label>{facts}</Menu.Label>}
          {writesTo !== null && !inCapture && (
            <Menu.Item onClick={() => setComposing(true)}>{t('compose.write')}…</Menu.Item>
          )}
          {isOfAll && (
            <Menu.Item
              rightSection={<KeyHint name="openFile" />}
              title={t('capture.openNote')}
              onClick={() => void act('openFile')}
            >
              {t('capture.open')}
            </Menu.Item>
          )}
          <Menu.Item onClick={() => askExport('chosen')}>{t('capture.export')}</Menu.Item>
          <Menu.Item title={t('replay.openNote')} onClick={() => askReplay(true)}>
            {t('replay.open')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item rightSection={<KeyHint name="goTo" />} onClick={onGoTo}>
            {t('frames.goTo.open')}
          </Menu.Item>
          <Menu.Item onClick={() => onStrip(!isStripShown)}>
            {t(isStripShown ? 'frames.strip.hide' : 'frames.strip.show')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {composing && writesTo !== null && (
        <Boundary where={`message to machine ${writesTo}`}>
          <ComposeDialog vmcNo={writesTo} frame={null} onClose={() => setComposing(false)} />
        </Boundary>
      )}
    </>
  );
}
