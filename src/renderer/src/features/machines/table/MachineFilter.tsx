import { ActionIcon, Popover } from '@mantine/core';
import { IconFilter, IconHelp } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { machineTest } from '#shared/filter/machines';
import type { CompletionContext } from '#shared/filter/language/completion';
import type { FilterError } from '#shared/filter/language/errors';
import { machineFields, machineVocabulary } from '#shared/filter/language/machineFields';
import { useCrema } from '../../../store';
import { useWords } from '../../../text/useWords';
import { FilterBox, type FilterBoxHandle } from '../../../ui/filter/FilterBox';
import { clock } from '../../../ui/ticker';
import { useHotkey } from '../../../ui/useHotkey';
import classes from './MachineTable.module.css';

interface MachineFilterProps {
  /** The filter in force. */
  readonly text: string;
  readonly onFilter: (text: string) => void;
  /** Enter moves to the table. */
  readonly onLeave: () => void;
}

const examples = [
  'state:trouble',
  'place:*',
  'platform:android version:1.0',
  'errors>=2',
  'heard<-1h',
  'orders=0',
];

function wrongIn(text: string): FilterError | null {
  const test = machineTest(text.trim(), clock());
  return test.ok ? null : test.error;
}

const seen = ['name', 'place', 'model', 'version', 'address'] as const;

/** Completion values from the existing machines. */
function context(): CompletionContext {
  const rows = [...useCrema.getState().machines.values()].toSorted((a, b) => a.vmcNo - b.vmcNo);
  return {
    commands: [],
    machines: rows.map(({ vmcNo, name }) => ({ vmcNo, name: name === '' ? null : name })),
    members: [],
    saved: [],
    present: Object.fromEntries(
      seen.map((field) => [
        field,
        [...new Set(rows.map((row) => row[field] ?? ''))].filter((one) => one !== '').toSorted(),
      ]),
    ),
  };
}

/** A filter on machine fields. An invalid text is reported and changes nothing. */
export function MachineFilter({ text, onFilter, onLeave }: MachineFilterProps) {
  const { t } = useWords();
  const box = useRef<FilterBoxHandle>(null);
  const [typed, setTyped] = useState(text);
  const [given, setGiven] = useState(text);
  // The filter was changed elsewhere.
  if (given !== text) {
    setGiven(text);
    setTyped(text);
  }
  useHotkey('search', () => box.current?.focus());
  const settle = (wish: string): boolean => {
    const wanted = wish.trim();
    if (wrongIn(wanted) !== null || wanted === text) return false;
    setGiven(wanted);
    onFilter(wanted);
    return true;
  };
  const put = (wish: string): void => {
    setTyped(wish);
    settle(wish);
  };
  return (
    <div className={classes['filter']}>
      <FilterBox
        ref={box}
        label={t('overview.filter.label')}
        placeholder={t('overview.filter.placeholder')}
        icon={<IconFilter size={14} aria-hidden />}
        vocabulary={machineVocabulary}
        judge={wrongIn}
        lastGood={t('overview.filter.lastGood')}
        help={
          <Help onTry={(example) => put(typed.trim() === '' ? example : `${typed.trimEnd()} ${example}`)} />
        }
        typed={typed}
        onType={setTyped}
        onSettle={() => settle(typed)}
        onPut={put}
        onLeave={() => {
          if (wrongIn(typed) === null) onLeave();
        }}
        context={context}
      />
    </div>
  );
}

/** The filter fields on one page. */
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
