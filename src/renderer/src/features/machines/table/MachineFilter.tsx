import { ActionIcon, Popover, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconFilter, IconHelp, IconX } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { machineTest } from '#shared/filter/machines';
import type { FilterError } from '#shared/filter/language/errors';
import { machineFields } from '#shared/filter/language/machineFields';
import { maxTextLength } from '#shared/filter/language/parse';
import { filterError } from '../../../text/filterWords';
import { useWords } from '../../../text/useWords';
import { ariaKey } from '../../../ui/keys';
import { clock } from '../../../ui/ticker';
import { useHotkey } from '../../../ui/useHotkey';
import classes from './MachineTable.module.css';

interface MachineFilterProps {
  /** In force. */
  readonly text: string;
  readonly onFilter: (text: string) => void;
  /** Enter or arrow down: on to the table. */
  readonly onLeave: () => void;
}

/** ms of quiet after which what is typed comes into force, or is said to be wrong. */
const typingPause = 250;
const examples = [
  'state:trouble',
  'place:*',
  'platform:android version:1.0',
  'errors>=2',
  'heard<-1h',
  'orders=0',
];

/** The filter language in the fields of machines; what can't be read changes nothing and says why. */
export function MachineFilter({ text, onFilter, onLeave }: MachineFilterProps) {
  const words = useWords();
  const { t } = words;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(text);
  const [given, setGiven] = useState(text);
  const [error, setError] = useState<FilterError | null>(null);
  // It was changed elsewhere.
  if (given !== text) {
    setGiven(text);
    setTyped(text);
    setError(null);
  }
  useHotkey('search', () => input.current?.select());
  const settle = (wish: string): void => {
    const wanted = wish.trim();
    const test = machineTest(wanted, clock());
    setError(test.ok ? null : test.error);
    if (!test.ok || wanted === text) return;
    setGiven(wanted);
    onFilter(wanted);
  };
  const later = useEffectEvent(settle);
  const put = (wish: string): void => {
    setTyped(wish);
    settle(wish);
  };
  useEffect(() => {
    const timer = setTimeout(() => later(typed), typingPause);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <div className={classes['filter']}>
      <TextInput
        ref={input}
        aria-label={t('overview.filter.label')}
        aria-keyshortcuts={ariaKey('search')}
        aria-invalid={error !== null || undefined}
        aria-describedby={error === null ? undefined : `${id}-error`}
        placeholder={t('overview.filter.placeholder')}
        autoComplete="off"
        spellCheck={false}
        maxLength={maxTextLength}
        error={error !== null}
        withErrorStyles={false}
        classNames={{ input: classes['input'] ?? '' }}
        leftSection={<IconFilter size={14} aria-hidden />}
        rightSectionWidth={typed === '' ? 26 : 50}
        rightSection={
          <>
            {typed !== '' && (
              <ActionIcon aria-label={t('machines.clearSearch')} onClick={() => put('')}>
                <IconX size={13} />
              </ActionIcon>
            )}
            <Help onTry={(example) => put(typed.trim() === '' ? example : `${typed.trimEnd()} ${example}`)} />
          </>
        }
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => settle(typed)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Escape') put('');
          if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
          settle(typed);
          if (machineTest(typed.trim(), clock()).ok) onLeave();
          event.preventDefault();
        }}
      />
      {error !== null && (
        <p className={classes['wrong']} id={`${id}-error`} role="status">
          <IconAlertTriangle size={14} aria-hidden />
          <span>
            {filterError(words, error)} <span className="dim">{t('overview.filter.lastGood')}</span>
          </span>
        </p>
      )}
    </div>
  );
}

/** The fields on one page. */
function Help({ onTry }: { readonly onTry: (example: string) => void }) {
  const { t, language } = useWords();
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      width={520}
      trapFocus
      returnFocus
      shadow="md"
      withinPortal
      portalProps={{ target: 'main' }}
    >
      <Popover.Target>
        <ActionIcon
          aria-label={t('overview.filter.help')}
          title={t('overview.filter.help')}
          onClick={() => setOpened(!opened)}
        >
          <IconHelp size={14} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('overview.filter.help')}>
        <div className={classes['help']}>
          <p>{t('overview.filter.lead')}</p>
          <p className={classes['examples']}>
            {examples.map((example) => (
              <button
                key={example}
                type="button"
                className={classes['plain']}
                onClick={() => {
                  setOpened(false);
                  onTry(example);
                }}
              >
                {example}
              </button>
            ))}
          </p>
          <dl>
            {machineFields.map(({ name, aliases, words: known }) => (
              <div key={name}>
                <dt className="mono">
                  {name}
                  {language === 'zh-CN' && ` ${aliases.find((one) => /\p{Script=Han}/u.test(one)) ?? ''}`}
                </dt>
                <dd>
                  {t(`filter.machineField.${name}`)}
                  {known.length > 0 && (
                    <span className="dim">: {known.map(({ word }) => word).join(', ')}</span>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
