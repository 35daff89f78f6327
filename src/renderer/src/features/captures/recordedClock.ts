import { useCrema } from '../../store';
import { stopClock } from '../../ui/ticker';

/**
 * Call once per page. A capture's clock stands at its last entry, so that durations are those at recording time.
 */
export function keepRecordedTime(): void {
  useCrema.subscribe(({ source, captures }, before) => {
    if (source === before.source && captures === before.captures) return;
    stopClock(captures.find(({ id }) => id === source)?.to ?? null);
  });
}
