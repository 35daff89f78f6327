import { Autocomplete, CloseButton, SegmentedControl, Select, VisuallyHidden } from '@mantine/core';
import { useMergedRef } from '@mantine/hooks';
import { IconArrowLeft, IconArrowRight, IconArrowsLeftRight, IconSearch } from '@tabler/icons-react';
import { useRef, useState, type ReactNode, type Ref } from 'react';
import type { FilterError } from '#shared/filter/language/errors';
import { frameVocabulary } from '#shared/filter/language/fields';
import { parseFilter } from '#shared/filter/language/parse';
import { commandWords } from '#shared/messages/lookup';
import { useCrema } from '../../../store';
import { useSavedFilters } from '../../../store/savedFilters';
import { useWords } from '../../../text/useWords';
import { FilterBox, type FilterBoxHandle } from '../../../ui/filter/FilterBox';
import { clock } from '../../../ui/ticker';
import { FilterHelp } from './FilterHelp';
import { isFiltering, memberNames, wholeText, type FilterUse } from './filters';
import { SavedFilters } from './SavedFilters';
import classes from './FilterBar.module.css';

interface FilterBarProps {
  readonly vmcNo: number | null;
  readonly filtering: FilterUse;
  /** Members of the opened frame's body. */
  readonly members: readonly string[];
  /** `null`: they stand beside the bar. Otherwise at the end of its first line, and the box has the second. */
  readonly tools: ReactNode;
  /** Enter moves to the list; `changed`: the list is about to change. */
  readonly onLeave: (changed: boolean) => void;
  readonly ref: Ref<FilterBoxHandle>;
}

export function FilterBar({ vmcNo, filtering, members, tools, onLeave, ref }: FilterBarProps) {
  const { t } = useWords();
  const { filter, typed, choose } = filtering;
  const box = useRef<FilterBoxHandle>(null);
  const both = useMergedRef(box, ref);
  return (
    <div
      role="search"
      aria-label={t('frames.filter.label')}
      className={classes['filter']}
      data-narrow={tools === null ? undefined : true}
    >
      {vmcNo === null && (
        <MachineFilter selected={filter.vmcNo} onSelect={(machine) => choose({ vmcNo: machine })} />
      )}
      <SegmentedControl
        aria-label={t('frames.filter.dir')}
        value={filter.dir ?? 'both'}
        onChange={(dir) => choose({ dir: dir === 'both' ? null : dir })}
        data={(
          [
            ['both', IconArrowsLeftRight],
            ['in', IconArrowRight],
            ['out', IconArrowLeft],
          ] as const
        ).map(([value, Icon]) => ({
          value,
          label: (
            <span className={classes['dir']} data-dir={value} title={t(`frames.filter.${value}`)}>
              <Icon size={14} aria-hidden />
              <VisuallyHidden>{t(`frames.filter.${value}`)}</VisuallyHidden>
            </span>
          ),
        }))}
      />
      <CommandFilter cmd={filter.cmd} onCmd={(cmd) => choose({ cmd })} onLeave={onLeave} />
      {tools}
      <div className={classes['text']}>
        <FilterBox
          ref={both}
          label={t('frames.filter.text')}
          placeholder={t('frames.filter.placeholder')}
          icon={<IconSearch size={14} />}
          vocabulary={frameVocabulary}
          judge={wrongIn}
          lastGood={t('frames.filter.lastGood')}
          help={
            <FilterHelp
              onTry={(example) => filtering.put(typed === '' ? example : `${typed.trimEnd()} ${example}`)}
            />
          }
          typed={typed}
          onType={filtering.type}
          onSettle={filtering.settle}
          onPut={filtering.put}
          onLeave={onLeave}
          context={() => ({
            commands: commandWords,
            machines: [...useCrema.getState().machines.values()]
              .toSorted((a, b) => a.vmcNo - b.vmcNo)
              .map((row) => ({ vmcNo: row.vmcNo, name: row.name === '' ? null : row.name })),
            members: [...new Set([...members, ...memberNames])],
            saved: useSavedFilters.getState().saved,
          })}
        />
      </div>
      <SavedFilters
        text={wholeText(filter, vmcNo)}
        onUse={(text) => filtering.put(text, { vmcNo, dir: null, cmd: null })}
      />
      <CloseButton
        size="xs"
        aria-label={t('frames.filter.clear')}
        title={t('frames.filter.clear')}
        style={{ visibility: isFiltering(filter, vmcNo) || typed !== '' ? 'visible' : 'hidden' }}
        onClick={() => {
          filtering.clear();
          // The clicked button disappears and would lose the focus.
          box.current?.focus();
        }}
      />
    </div>
  );
}

function wrongIn(text: string): FilterError | null {
  const parsed = parseFilter(text, { now: clock() });
  return parsed.ok ? null : parsed.error;
}

interface MachineFilterProps {
  readonly selected: number | null;
  readonly onSelect: (vmcNo: number | null) => void;
}
function MachineFilter({ selected, onSelect }: MachineFilterProps) {
  const { t } = useWords();
  const machines = (): { value: string; label: string }[] =>
    [...useCrema.getState().machines.values()]
      .toSorted((a, b) => a.vmcNo - b.vmcNo)
      .map(({ vmcNo, name }) => ({ value: String(vmcNo), label: `${vmcNo} ${name}`.trim() }));
  // As at opening, so that nothing moves under the pointer.
  const [data, setData] = useState(machines);
  const isListed = selected === null || data.some(({ value }) => value === String(selected));
  return (
    <Select
      className={classes['machine']}
      aria-label={t('frames.filter.machine')}
      placeholder={t('frames.filter.anyMachine')}
      nothingFoundMessage={t('frames.filter.noMachine')}
      searchable
      clearable
      limit={60}
      comboboxProps={{ width: 220, position: 'bottom-start' }}
      data={isListed ? data : [{ value: String(selected), label: String(selected) }, ...data]}
      value={selected === null ? null : String(selected)}
      onChange={(value) => onSelect(value === null ? null : Number(value))}
      onDropdownOpen={() => setData(machines)}
    />
  );
}

interface CommandFilterProps {
  readonly cmd: string | null;
  readonly onCmd: (cmd: string | null) => void;
  readonly onLeave: (changed: boolean) => void;
}
const none: string[] = [];
/** Applies a command only when it is complete: chosen, known, or left with Enter or Tab. */
function CommandFilter({ cmd, onCmd, onLeave }: CommandFilterProps) {
  const words = useWords();
  const [typed, setTyped] = useState(cmd ?? '');
  const [given, setGiven] = useState(cmd);
  // Mantine renders a closed list too, and this one again with each letter of the filter beside it.
  const [isUsed, setUsed] = useState(false);
  if (given !== cmd) {
    setGiven(cmd);
    setTyped(cmd ?? '');
  }
  const use = (value: string): boolean => {
    const next = value.trim().slice(0, 64);
    const changed = next !== (cmd ?? '');
    if (changed) onCmd(next === '' ? null : next);
    return changed;
  };
  return (
    <Autocomplete
      size="xs"
      className={classes['command']}
      aria-label={words.t('frames.filter.cmd')}
      placeholder={words.t('frames.filter.anyCmd')}
      comboboxProps={{ width: 300, position: 'bottom-start' }}
      maxDropdownHeight={320}
      data={isUsed ? commandWords : none}
      renderOption={({ option: { value } }) => (
        <span className={classes['option']}>
          <span className="mono">{value}</span> <span className="dim">{words.command(value)}</span>
        </span>
      )}
      filter={({ options, search }) => {
        const wanted = search.trim().toLowerCase();
        // A complete command was chosen. A user who opens the list again wants to see the others.
        if (commandWords.includes(wanted)) return options;
        return options.filter(
          (option) =>
            'value' in option &&
            (option.value.includes(wanted) || words.command(option.value)?.includes(wanted) === true),
        );
      }}
      value={typed}
      onChange={(value) => {
        setTyped(value);
        if (value === '') use('');
      }}
      onOptionSubmit={use}
      onFocus={() => setUsed(true)}
      onBlur={() => use(typed)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && typed !== '') {
          setTyped('');
          use('');
        }
        if (event.key !== 'Enter' || event.currentTarget.getAttribute('aria-activedescendant')) return;
        onLeave(use(typed));
      }}
    />
  );
}
