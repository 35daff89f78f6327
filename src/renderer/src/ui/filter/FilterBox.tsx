import { ActionIcon, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconX } from '@tabler/icons-react';
import {
  useEffect,
  useEffectEvent,
  useId,
  useImperativeHandle,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
} from 'react';
import { complete } from '#shared/filter/language/complete';
import type { Completion, CompletionContext } from '#shared/filter/language/completion';
import type { FilterError, FilterErrorCode } from '#shared/filter/language/errors';
import type { Vocabulary } from '#shared/filter/language/fields';
import { maxTextLength } from '#shared/filter/language/parse';
import { filterError } from '../../text/filterWords';
import { useWords } from '../../text/useWords';
import { Boundary } from '../Boundary';
import { ariaKey } from '../keys';
import { CompletionList, optionId } from './CompletionList';
import classes from './FilterBox.module.css';

export interface FilterBoxHandle {
  readonly focus: () => void;
}
interface FilterBoxProps {
  readonly label: string;
  readonly placeholder: string;
  readonly icon: ReactNode;
  readonly vocabulary: Vocabulary<string>;
  /** The error of a text; `null`: none. */
  readonly judge: (text: string) => FilterError | null;
  /** A text that the previous filter still applies. */
  readonly lastGood: string;
  /** A page about the filter language. */
  readonly help: ReactNode;
  readonly typed: string;
  readonly onType: (typed: string) => void;
  /** Applies the text if it is valid; returns whether the list changed. */
  readonly onSettle: () => boolean;
  /** Sets the text and applies it at once. */
  readonly onPut: (typed: string) => void;
  /** Moves to the list; `changed`: the list is about to change. */
  readonly onLeave: (changed: boolean) => void;
  /** Current values for completion, requested when needed. */
  readonly context: () => CompletionContext;
  readonly ref: Ref<FilterBoxHandle>;
}

/** ms without typing after which the text is applied, or its error is shown. */
const typingPause = 250;
/** Errors that are normal while the user is still typing. */
const unfinished: ReadonlySet<FilterErrorCode> = new Set([
  'valueMissing',
  'operandMissing',
  'memberMissing',
  'quoteOpen',
  'groupOpen',
]);

/** The filter field: offers completions while the user types, and marks the place of an error. */
export function FilterBox(props: FilterBoxProps) {
  const { label, placeholder, icon, vocabulary, judge: wrongIn, lastGood, help } = props;
  const { typed, onType, onSettle, onPut, onLeave, context, ref } = props;
  const words = useWords();
  const { t } = words;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState<number | null>(null);
  const [active, setActive] = useState(-1);
  const [offered, setOffered] = useState<CompletionContext | null>(null);
  const [problem, setProblem] = useState<{ readonly text: string; readonly error: FilterError } | null>(null);
  const [scroll, setScroll] = useState(0);
  useImperativeHandle(ref, () => ({
    focus: () => input.current?.select(),
  }));

  const judge = useEffectEvent((text: string): void => {
    const found = wrongIn(text);
    setProblem(found === null ? null : { text, error: found });
    onSettle();
  });
  useEffect(() => {
    const timer = setTimeout(() => judge(typed), typingPause);
    return () => clearTimeout(timer);
  }, [typed]);

  const { from, to, items } =
    offered === null || caret === null ? nothing : complete(typed, caret, offered, vocabulary);
  const isOpen = items.length > 0;
  const wrong = problem?.text === typed ? problem.error : null;
  const error = wrong === null || (isOpen && unfinished.has(wrong.code)) ? null : wrong;

  const offer = (): void => {
    setOffered(context());
    setCaret(input.current?.selectionStart ?? typed.length);
    setActive(-1);
  };
  const close = (): void => {
    setOffered(null);
    setActive(-1);
  };
  const accept = ({ insert, kind }: Completion): void => {
    const continues = kind === 'field' || kind === 'operator';
    const isWhole = !continues && kind !== 'keyword' && typed.slice(to).trim() === '';
    const next = `${typed.slice(0, from)}${insert}${isWhole ? ' ' : ''}${typed.slice(to)}`;
    const place = from + insert.length + (isWhole ? 1 : 0);
    if (continues || kind === 'keyword') onType(next);
    else onPut(next);
    if (continues) setCaret(place);
    else close();
    setActive(-1);
    // After the field has the new text. A user who has typed on keeps the caret position.
    requestAnimationFrame(() => {
      const field = input.current;
      if (field === null) return;
      field.focus();
      if (field.value === next) field.setSelectionRange(place, place);
      setScroll(field.scrollLeft);
    });
  };
  const leave = (): void => {
    close();
    onLeave(onSettle());
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const selected = items[active];
    const { key } = event;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      const by = key === 'ArrowDown' ? 1 : -1;
      if (isOpen) setActive((old) => ((old + by + items.length + 1 + 1) % (items.length + 1)) - 1);
      else if (by > 0) offer();
    } else if (key === ' ' && event.ctrlKey) offer();
    else if (key === 'Enter') {
      if (selected === undefined) leave();
      else accept(selected);
    } else if (key === 'Tab' && selected !== undefined && !event.shiftKey) accept(selected);
    else if (key === 'Escape') {
      if (isOpen) close();
      else leave();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      className={classes['box']}
      onBlur={(event) => {
        if (event.currentTarget.contains(event.relatedTarget)) return;
        close();
        onSettle();
      }}
    >
      <TextInput
        ref={input}
        classNames={{ input: classes['input'] ?? '' }}
        role="combobox"
        aria-label={label}
        aria-keyshortcuts={ariaKey('search')}
        aria-expanded={isOpen}
        aria-controls={isOpen ? `${id}-list` : undefined}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 && isOpen ? optionId(id, active) : undefined}
        aria-invalid={error !== null || undefined}
        aria-describedby={error === null ? undefined : `${id}-error`}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        maxLength={maxTextLength}
        error={error !== null}
        withErrorStyles={false}
        leftSection={icon}
        rightSectionWidth={typed === '' ? 26 : 50}
        rightSection={
          <div className={classes['buttons']}>
            {typed !== '' && (
              <ActionIcon
                aria-label={t('frames.filter.empty')}
                onClick={() => {
                  onPut('');
                  // The button disappears and would lose the focus.
                  input.current?.focus();
                }}
              >
                <IconX size={13} />
              </ActionIcon>
            )}
            {help}
          </div>
        }
        value={typed}
        onChange={(event) => {
          onType(event.currentTarget.value);
          if (event.currentTarget.value.trim() === '') close();
          else offer();
        }}
        onSelect={(event) => offered !== null && setCaret(event.currentTarget.selectionStart)}
        onScroll={(event) => setScroll(event.currentTarget.scrollLeft)}
        onClick={() => close()}
        onKeyDown={onKeyDown}
      />
      {error !== null && <ErrorPlace text={typed} at={error.at} length={error.length} scroll={scroll} />}
      {(isOpen || error !== null) && (
        <div className={classes['popup']}>
          {error !== null && (
            <p className={classes['error']} id={`${id}-error`} role="status">
              <IconAlertTriangle size={14} aria-hidden />
              <span>
                {filterError(words, error)} <span className="dim">{lastGood}</span>
              </span>
            </p>
          )}
          {isOpen && (
            <Boundary where="completion of the filter" of={items}>
              <CompletionList id={id} items={items} active={active} onAccept={accept} />
            </Boundary>
          )}
        </div>
      )}
    </div>
  );
}

const nothing = { from: 0, to: 0, items: [] } as const;

interface ErrorPlaceProps {
  readonly text: string;
  readonly at: number;
  readonly length: number;
  /** Scroll offset of the text, px. */
  readonly scroll: number;
}

/** A wavy line under the invalid part, laid over the box character by character. */
function ErrorPlace({ text, at, length, scroll }: ErrorPlaceProps) {
  const isPoint = length === 0 || at >= text.length;
  return (
    <div className={classes['place']} aria-hidden>
      <div style={{ transform: `translateX(${-scroll}px)` }}>
        {text.slice(0, at)}
        <span className={classes['wave']} data-point={isPoint || undefined}>
          {isPoint ? '\u00a0' : text.slice(at, at + length)}
        </span>
      </div>
    </div>
  );
}
