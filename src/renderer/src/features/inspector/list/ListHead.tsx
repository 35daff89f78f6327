import { ActionIcon, Menu } from '@mantine/core';
import { IconActivityHeartbeat, IconChevronDown } from '@tabler/icons-react';
import { useCrema } from '../../../store';
import { isCapture } from '../../../store/source';
import { clockWords } from '../../../text/captureWords';
import { useWords } from '../../../text/useWords';
import { KeyHint } from '../../../ui/KeyTable';
import { timeModes, type TimeMode } from './times';
import lineClasses from './FrameLine.module.css';
import classes from './ListHead.module.css';

interface ListHeadProps {
  readonly ofAll: boolean;
  readonly times: TimeMode;
  readonly onTimes: (mode: TimeMode) => void;
  readonly folding: boolean;
  readonly onFolding: (folding: boolean) => void;
  readonly onGoTo: () => void;
}

/** Inside the main landmark. */
const inMain = { target: 'main' };

/** Column headings, and the display options of the columns. */
export function ListHead({ ofAll, times, onTimes, folding, onFolding, onGoTo }: ListHeadProps) {
  const words = useWords();
  const { t } = words;
  const inCapture = useCrema(isCapture);
  const foldLabel = t(folding ? 'frames.fold.showAll' : 'frames.fold.fold');
  return (
    <div className={classes['head']}>
      <div className={lineClasses['line']}>
        <span />
        <Menu
          withInitialFocusPlaceholder={false}
          portalProps={inMain}
          position="bottom-start"
          shadow="md"
          width={260}
          returnFocus
        >
          <Menu.Target>
            <button type="button" className={classes['timeHead']} title={clockWords(words, inCapture)}>
              {t(`frames.times.${times}`)}
              <IconChevronDown size={12} aria-hidden />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.RadioGroup value={times} onChange={(mode) => onTimes(modeOf(mode))}>
              {timeModes.map((mode) => (
                <Menu.RadioItem key={mode} value={mode} closeMenuOnClick>
                  {t(`frames.times.${mode}Long`)}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
            <Menu.Divider />
            <Menu.Item rightSection={<KeyHint name="goTo" />} onClick={onGoTo}>
              {t('frames.goTo.open')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        {ofAll && <span>{t('frames.machine')}</span>}
        <span>{t('frames.filter.cmd')}</span>
        <span className={lineClasses['meaning']}>{t('frames.meaning')}</span>
        <span className={lineClasses['bodyHead']}>{t('frames.tree')}</span>
        <span className={lineClasses['marks']} />
        <span className={lineClasses['sizeHead']}>{t('frames.size')}</span>
        <ActionIcon
          variant={folding ? 'light' : 'subtle'}
          color={folding ? 'petrol' : 'gray'}
          aria-label={foldLabel}
          title={foldLabel}
          onClick={() => onFolding(!folding)}
        >
          <IconActivityHeartbeat size={14} />
        </ActionIcon>
      </div>
    </div>
  );
}

const modeOf = (value: string): TimeMode => timeModes.find((mode) => mode === value) ?? 'absolute';
