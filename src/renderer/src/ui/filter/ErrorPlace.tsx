import classes from './FilterBox.module.css';

interface ErrorPlaceProps {
  readonly text: string;
  readonly at: number;
  readonly length: number;
  /** Scroll offset of the text, px. */
  readonly scroll: number;
}

/** A wavy line under the invalid part, laid over the box character by character. */
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
