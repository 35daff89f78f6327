import { useCrema } from '../../store';
import { stopClock } from '../../ui/ticker';

/**
 * Once per page. In a capture it is the time of its last entry: what lasted then lasts so long, however late one looks.
 */
export function keepRecordedTime(): void {
  useCrema.subscribe(({ source, captures }, before) => {
    if (source === before.source && captures === before.captures) return;
    stopClock(captures.find(({ id }) => id === source)?.to ?? null);
  });
}
