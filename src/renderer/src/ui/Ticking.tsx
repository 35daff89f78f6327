import { useLayoutEffect, useRef } from 'react';
import { visible } from '#shared/visible';
import { useWords } from '../text/useWords';
import { clock, onTick } from './ticker';

interface TickingProps {
  readonly text: (now: number) => string;
  readonly title?: string | undefined;
  readonly className?: string | undefined;
  /** The text is its own title, because a narrow window may cut it. */
  readonly titled?: boolean;
}

/** A text that depends on the present time. It writes its own text node each second, without a render. */
export function Ticking({ text, title, className, titled = false }: TickingProps) {
  const span = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const write = (now: number): void => {
      const next = visible(text(now));
      if (span.current === null || span.current.textContent === next) return;
      span.current.textContent = next;
      if (titled) span.current.title = next;
    };
    write(clock());
    return onTick(write);
  });
  return <span ref={span} title={title} className={className} />;
}

/** "12 s ago", with date and time on hover, and the clock's name if it differs from all others. */
export function Ago({ at, whose }: { readonly at: number; readonly whose?: string | undefined }) {
  const words = useWords();
  const title = whose === undefined ? words.dateTime(at) : `${words.dateTime(at)} · ${whose}`;
  return <Ticking text={(now) => words.ago(at, now)} title={title} className="tabular" />;
}

/** "1 min 20 s" since then, the date and time on hover. */
export function Since({ at }: { readonly at: number }) {
  const words = useWords();
  return <Ticking text={(now) => words.duration(now - at)} title={words.dateTime(at)} className="tabular" />;
}
