import classes from './FilterBox.module.css';

interface ErrorPlaceProps {
  readonly text: string;
  readonly at: number;
  readonly length: number;
  /** px the text is scrolled by. */
  readonly scroll: number;
}

/** A wave under what can't be read, laid over the box letter by letter. */
export function ErrorPlace({ text, at, length, scroll }: ErrorPlaceProps) {
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
