import { VisuallyHidden } from '@mantine/core';
import { memo, useEffect, useMemo, useState } from 'react';
import { lastHour, type MinuteShown } from '#shared/model/linkMinutes';
import type { MachineState } from '#shared/model/machine';
import { useWords } from '../../../text/useWords';
import { CopyPicture } from '../../../ui/chart/CopyPicture';
import { clock, onTick } from '../../../ui/ticker';
import { hourCanvas, hourSize, minuteShapes, placeOf } from './linkHourPicture';
import classes from './LinkHour.module.css';

const minute = 60_000;

/** The connection in the last hour, minute by minute. */
export function LinkHour({ state }: { readonly state: MachineState }) {
  const words = useWords();
  const { t, number } = words;
  const present = useMinute();
  const { minutes: known, minute: open } = state;
  // A busy machine's state changes ten times a second; only a new heartbeat or minute changes the picture.
  const minutes = useMemo(
    () => lastHour({ minutes: known, minute: open }, present * minute),
    [known, open, present],
  );
  const sum = (of: 'beats' | 'missing' | 'opened'): string =>
    number(minutes.reduce((all, one) => all + one[of], 0));
  const summary = t('linkHour.summary', {
    beats: sum('beats'),
    missing: sum('missing'),
    opened: sum('opened'),
  });
  return (
    <div className={classes['link']}>
      <div className={classes['head']}>
        <span className="dim">{t('linkHour.label')}</span>
        {minutes.length > 0 && (
          <CopyPicture
            title={t('linkHour.picture', { vmcNo: state.vmcNo })}
            canvas={() => hourCanvas(minutes)}
          />
        )}
      </div>
      {minutes.length === 0 ? (
        <p className="dim">{t('linkHour.none')}</p>
      ) : (
        <>
          <Picture minutes={minutes} />
          <p className="dim tabular">{summary}</p>
          <Table minutes={minutes} />
        </>
      )}
    </div>
  );
}

/** The current minute since 1970; renders at each new one. */
function useMinute(): number {
  const [present, setPresent] = useState(() => Math.floor(clock() / minute));
  useEffect(() => onTick((now) => setPresent(Math.floor(now / minute))), []);
  return present;
}

function Picture({ minutes }: { readonly minutes: readonly MinuteShown[] }) {
  const { t } = useWords();
  return (
    <svg
      className={classes['hour']}
      role="img"
      aria-label={t('linkHour.label')}
      viewBox={`0 0 ${hourSize.width} ${hourSize.height}`}
      preserveAspectRatio="none"
    >
      {minutes.map((one, index) => (
        <Bar key={one.at} {...one} x={placeOf(index, minutes.length)} />
      ))}
    </svg>
  );
}

/** Only the current minute's bar changes. */
const Bar = memo(function Bar({ x, ...one }: MinuteShown & { readonly x: number }) {
  const { clock: timeOf } = useWords();
  const { at, beats, missing, opened } = one;
  const drawn = minuteShapes(one, x);
  return (
    <g>
      <title>{`${timeOf(at).slice(0, 5)} ${beats} / ${missing} / ${opened}`}</title>
      <rect data-kind="beats" {...drawn.beats} />
      <rect data-kind="missing" {...drawn.missing} />
      {opened > 0 && <polygon data-kind="opened" points={drawn.opened.join(' ')} />}
    </g>
  );
});

function Table({ minutes }: { readonly minutes: readonly MinuteShown[] }) {
  const { t } = useWords();
  return (
    <VisuallyHidden>
      <table>
        <caption>{t('linkHour.label')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('linkHour.minute')}</th>
            <th scope="col">{t('linkHour.beats')}</th>
            <th scope="col">{t('linkHour.missing')}</th>
            <th scope="col">{t('linkHour.opened')}</th>
          </tr>
        </thead>
        <tbody>
          {minutes.map((one) => (
            <Row key={one.at} {...one} />
          ))}
        </tbody>
      </table>
    </VisuallyHidden>
  );
}

const Row = memo(function Row({ at, beats, missing, opened }: MinuteShown) {
  const { clock: timeOf } = useWords();
  return (
    <tr>
      <th scope="row">{timeOf(at).slice(0, 5)}</th>
      <td>{beats}</td>
      <td>{missing}</td>
      <td>{opened}</td>
    </tr>
  );
});
