import { Button, VisuallyHidden } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useEffect, useId, useMemo, useState } from 'react';
import type { Command } from '#shared/model/command';
import { request } from '../../../bridge/request';
import { dismissCommand, useCrema, useRunning } from '../../../store';
import { endedAfter, lapse, latestFirst, stripOf, tracesOf } from '../../../store/commands';
import { isCapture } from '../../../store/source';
import { useWords } from '../../../text/useWords';
import { Boundary } from '../../../ui/Boundary';
import { keepFocus } from '../../../ui/keepFocus';
import { focusedOrBusy } from '../../../ui/keepFocusWhileBusy';
import { onTick } from '../../../ui/ticker';
import { StripLine } from './StripLine';
import classes from './Strip.module.css';

/** Waiting commands whose lines the person hid, until the window closes; the Commands tab has them. */
let hiddenLines: ReadonlySet<number> = new Set();

interface StripProps {
  readonly vmcNo: number;
}

/**
 * One row of fixed height: the command with the newest step, and the number of the others, which open over the page. A failed command
 * stays until it is dismissed, also when the person comes back to the page.
 */
export function Strip({ vmcNo }: StripProps) {
  const { t } = useWords();
  const [spoken, setSpoken] = useState<HTMLElement | null>(null);
  const running = useRunning();
  const inCapture = useCrema(isCapture);
  const [ended, setEnded] = useState<readonly Command[]>([]);
  // Lines under the pointer or with the focus stay.
  const [hovered, setHovered] = useState(false);
  const [focused, setFocused] = useState<Element | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  useEffect(() => {
    if (inCapture) return undefined;
    let isShown = true;
    const read = async (): Promise<void> => {
      const reply = await request('commands', { vmcNo, before: null, limit: 1 });
      if (!isShown || !reply.ok) return;
      const traces = tracesOf(reply.value, useCrema.getState().dismissed, Date.now());
      setEnded((now) => [...traces, ...now]);
    };
    void read();
    return () => {
      isShown = false;
    };
  }, [vmcNo, inCapture]);
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
    () =>
      latestFirst(
        stripOf(running, ended, vmcNo).filter(({ id: one, state }) => state !== 'sent' || !hidden.has(one)),
      ),
    [running, ended, vmcNo, hidden],
  );
  // The line under the pointer stays in its place until another command is given.
  const [held, setHeld] = useState({ id: 0, newest: 0 });
  const newest = Math.max(0, ...current.map(({ id: one }) => one));
  const holds = (hovered || focused !== null) && newest <= held.newest;
  const first = current.find(({ id: one }) => holds && one === held.id) ?? current[0];
  if (first !== undefined && (first.id !== held.id || newest !== held.newest))
    setHeld({ id: first.id, newest });
  const others = current.filter((one) => one !== first);
  const dismiss = ({ id: one, state }: Command): void => {
    if (state === 'sent') {
      hiddenLines = new Set([...hiddenLines, one]);
      setHidden(hiddenLines);
    } else {
      dismissCommand(one);
      setEnded((old) => old.filter((command) => command.id !== one));
    }
  };
  const lineOf = (command: Command) => (
    <Boundary key={command.id} where={`command ${command.id} of the strip`} of={command} as="row">
      <StripLine command={command} spoken={spoken} onDismiss={() => dismiss(command)} />
    </Boundary>
  );
  return (
    <section className={classes['strip']} aria-label={t('control.running')}>
      {/* Present before its lines: text that arrives together with its live region is not announced. */}
      <VisuallyHidden ref={setSpoken} aria-live="polite" />
      <div
        ref={keepFocus}
        tabIndex={-1}
        className={classes['lines']}
        data-empty={first === undefined || undefined}
        data-open={(isOpen && others.length > 0) || undefined}
        onPointerEnter={() => setHovered(true)}
        onPointerLeave={() => setHovered(false)}
        onFocus={({ target, currentTarget }) => {
          // A press also moves the focus, but it does not hold the line.
          if (target !== currentTarget && target.matches(':focus-visible')) setFocused(target);
        }}
        onBlur={() => setFocused(null)}
      >
        {first === undefined ? (
          <p className={classes['none']}>{t('control.strip.none')}</p>
        ) : (
          <div className={classes['first']}>
            {lineOf(first)}
            {others.length > 0 && (
              <Button
                size="compact-xs"
                variant="default"
                className={classes['more'] ?? ''}
                rightSection={
                  isOpen ? <IconChevronUp size={13} aria-hidden /> : <IconChevronDown size={13} aria-hidden />
                }
                aria-expanded={isOpen}
                aria-controls={id}
                onClick={() => setIsOpen(!isOpen)}
              >
                {t('control.strip.more', { count: others.length })}
              </Button>
            )}
          </div>
        )}
        <div id={id}>{isOpen && others.map(lineOf)}</div>
      </div>
    </section>
  );
}
