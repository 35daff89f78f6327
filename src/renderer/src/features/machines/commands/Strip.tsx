import { VisuallyHidden } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import type { Command } from '#shared/model/command';
import { useCrema, useRunning } from '../../../store';
import { endedAfter, lapse, stripOf } from '../../../store/commands';
import { useWords } from '../../../text/useWords';
import { Boundary } from '../../../ui/Boundary';
import { keepFocus } from '../../../ui/keepFocus';
import { focusedOrBusy } from '../../../ui/keepFocusWhileBusy';
import { onTick } from '../../../ui/ticker';
import { usePressed } from '../../../ui/RunButtons';
import { StripLine } from './StripLine';
import classes from './Strip.module.css';

/** Hidden lines of long-waiting commands, until the window closes; the Commands tab has them. */
let hiddenLines: ReadonlySet<number> = new Set();

/** The machine's running commands, and those that have just ended. */
export function Strip({ vmcNo }: { readonly vmcNo: number }) {
  const { t } = useWords();
  const [spoken, setSpoken] = useState<HTMLElement | null>(null);
  const running = useRunning();
  const [ended, setEnded] = useState<readonly Command[]>([]);
  // Lines under the pointer or with the focus stay.
  const [hovered, setHovered] = useState(false);
  const [focused, setFocused] = useState<Element | null>(null);
  useEffect(
    () =>
      useCrema.subscribe(({ news }, before) => {
        if (news.commands !== before.news.commands)
          setEnded((old) => endedAfter(old, news.commands, vmcNo, Date.now()));
      }),
    [vmcNo],
  );
  useEffect(() => {
    if (hovered || ended.length === 0) return undefined;
    return onTick((now) => {
      if (focused === null) setEnded((old) => lapse(old, now));
      // The focused element was removed, which fires no event.
      else if (focusedOrBusy() !== focused) setFocused(null);
    });
  }, [hovered, focused, ended.length]);
  const [hidden, setHidden] = useState(hiddenLines);
  const current = useMemo(
    () => stripOf(running, ended, vmcNo).filter(({ id, state }) => state !== 'sent' || !hidden.has(id)),
    [running, ended, vmcNo, hidden],
  );
  // New lines move the content below: not while an element is pressed.
  const pressed = usePressed();
  const [lines, setLines] = useState(current);
  if (lines !== current && !pressed) setLines(current);
  const dismiss = ({ id, state }: Command): void => {
    if (state === 'sent') setHidden((hiddenLines = new Set([...hiddenLines, id])));
    else setEnded((old) => old.filter((one) => one.id !== id));
  };
  return (
    <section
      className={classes['strip']}
      aria-label={t('control.running')}
      data-empty={lines.length === 0 || undefined}
    >
      {/* Present before its lines: text that arrives together with its live region is not announced. */}
      <VisuallyHidden ref={setSpoken} aria-live="polite" />
      <div
        ref={keepFocus}
        tabIndex={-1}
        onPointerEnter={() => setHovered(true)}
        onPointerLeave={() => setHovered(false)}
        onFocus={({ target, currentTarget }) => {
          // A press also moves the focus, but it does not hold the line.
          if (target !== currentTarget && target.matches(':focus-visible')) setFocused(target);
        }}
        onBlur={() => setFocused(null)}
      >
        {lines.map((command) => (
          <Boundary key={command.id} where={`command ${command.id} of the strip`} of={command} as="row">
            <StripLine command={command} spoken={spoken} onDismiss={() => dismiss(command)} />
          </Boundary>
        ))}
      </div>
    </section>
  );
}
