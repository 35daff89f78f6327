import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useId, useMemo, useRef, useState, type RefObject } from 'react';
import type { CommandName } from '#shared/commands/index';
import { findOrders } from '../../bridge/history';
import { useRemembered } from '../../store/remembered';
import { soughtOrderNo } from '../../text/orderNo';
import { useWords } from '../../text/useWords';
import { Dialog } from '../../ui/Dialog';
import { KeyHint } from '../../ui/KeyTable';
import { revealIn } from '../../ui/reveal';
import { useHotkey } from '../../ui/useHotkey';
import { commandItemsNow, machinesFor } from './commandItems';
import { itemsNow, orderItem, type Item } from './items';
import { ranked, rankedMachines } from './ranked';
import classes from './Palette.module.css';

/** Recently chosen items that are stored. */
const mostRecent = 12;
const areTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

/** The command palette: a search over everything with a name. */
export function Palette() {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  useHotkey('palette', () => setOpen(true));
  if (!isOpen) return null;
  return (
    <Dialog title={t('palette.title')} size={640} onClose={() => setOpen(false)}>
      <Search onClose={() => setOpen(false)} />
    </Dialog>
  );
}

function Search({ onClose }: { readonly onClose: () => void }) {
  const words = useWords();
  const { t } = words;
  const [typed, setTyped] = useState('');
  /** The command whose machine is chosen now; `null`: everything is searched. */
  const [command, setCommand] = useState<CommandName | null>(null);
  const [recent, setRecent] = useRemembered<readonly string[]>('palette', [], areTexts);
  // As at opening, so that nothing moves during the choice.
  const items = useMemo(() => itemsNow(words), [words]);
  const sought = soughtOrderNo(typed.trim());
  const orders = useOrdersFound(command === null ? sought : '');
  const shown = useMemo(
    () =>
      command === null
        ? ranked(
            [
              ...commandItemsNow(words, sought),
              ...items,
              ...orders.found.map((order) => orderItem(words, order)),
            ],
            sought,
            recent,
          )
        : rankedMachines(machinesFor(words, command), sought),
    [items, orders.found, words, sought, recent, command],
  );
  const commandName = command === null ? null : t(`command.${command}.name`);
  const [at, setAt] = useState(0);
  const chosen = Math.min(at, shown.length - 1);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const choose = (item: Item | undefined): void => {
    if (item === undefined || item.hindrance !== null) return;
    if (item.asksMachineOf !== undefined) {
      setCommand(item.asksMachineOf);
      setTyped('');
      setAt(0);
      return;
    }
    setRecent([item.id, ...recent.filter((one) => one !== item.id)].slice(0, mostRecent));
    onClose();
    item.go();
  };
  const move = (to: number): void => setAt((to + shown.length) % Math.max(1, shown.length));
  return (
    <div className={classes['palette']}>
      <TextInput
        data-autofocus
        role="combobox"
        aria-label={t('palette.title')}
        aria-expanded
        aria-controls={id}
        aria-activedescendant={shown.length === 0 ? undefined : `${id} ${chosen}`}
        placeholder={
          commandName === null ? t('palette.placeholder') : t('palette.machineFor', { command: commandName })
        }
        leftSection={<IconSearch size={15} aria-hidden />}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') move(chosen + 1);
          else if (event.key === 'ArrowUp') move(chosen - 1);
          else if (event.key === 'Enter') choose(shown[chosen]);
          else if (event.key === 'Backspace' && typed === '' && command !== null) setCommand(null);
          else return;
          event.preventDefault();
        }}
      />
      <div
        ref={list}
        id={id}
        role="listbox"
        aria-label={t('palette.results')}
        className={classes['list']}
        tabIndex={-1}
        // Keeps the focus in the field.
        onMouseDown={(event) => event.preventDefault()}
      >
        {shown.map((item, index) => (
          <Line
            key={item.id}
            id={`${id} ${index}`}
            item={item}
            isRecent={typed.trim() === '' && recent.includes(item.id)}
            isChosen={index === chosen}
            list={list}
            onChoose={() => choose(item)}
          />
        ))}
      </div>
      <p className="dim" role="status">
        {shown.length === 0
          ? t('palette.nothing')
          : commandName === null
            ? t('palette.hint')
            : t('palette.hintOfMachine', { command: commandName })}
        {orders.isReading && ` ${t('palette.reading')}`}
        {orders.failed && ` ${t('palette.ordersUnread')}`}
      </p>
    </div>
  );
}

interface LineProps {
  readonly id: string;
  readonly item: Item;
  readonly isRecent: boolean;
  readonly isChosen: boolean;
  readonly list: RefObject<HTMLDivElement | null>;
  readonly onChoose: () => void;
}
function Line({
  id,
  item: { kind, label, detail, hindrance, key },
  isRecent,
  isChosen,
  list,
  onChoose,
}: LineProps) {
  const { t } = useWords();
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isChosen) revealIn(list.current, line.current);
  }, [isChosen, list]);
  return (
    <div
      ref={line}
      id={id}
      role="option"
      aria-selected={isChosen}
      aria-disabled={hindrance !== null || undefined}
      className={classes['line']}
      tabIndex={-1}
      onMouseUp={onChoose}
    >
      <span className={classes['kind']}>
        {isRecent ? t('palette.kind.recent') : kind === 'command' ? detail : t(`palette.kind.${kind}`)}
      </span>
      <span className={classes['label']}>{label}</span>
      <span className={classes['detail']}>{hindrance ?? (kind === 'command' ? '' : detail)}</span>
      {key !== null && <KeyHint name={key} />}
    </div>
  );
}

/** The journal's orders with this text in their number, searched shortly after the last key press. */
function useOrdersFound(typed: string) {
  const [answer, setAnswer] = useState<{
    readonly of: string;
    readonly found: Awaited<ReturnType<typeof findOrders>>;
  }>({
    of: '',
    found: [],
  });
  const isAsked = typed.length >= 4 && !typed.includes(' ');
  useEffect(() => {
    if (!isAsked) return;
    let isCurrent = true;
    const ask = async (): Promise<void> => {
      const found = await findOrders(typed);
      if (isCurrent) setAnswer({ of: typed, found });
    };
    const timer = setTimeout(() => {
      void ask();
    }, 150);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [typed, isAsked]);
  const isAnswered = answer.of === typed;
  return {
    found: (isAsked && isAnswered && answer.found) || none,
    isReading: isAsked && !isAnswered,
    failed: isAsked && isAnswered && answer.found === null,
  };
}
const none = [] as const;
