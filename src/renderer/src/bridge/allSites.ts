/** Reads the machines of all sites while their table is shown. */
import { useEffect, useState } from 'react';
import { isAway } from '#shared/model/sites';
import { useCrema } from '../store';
import { siteMachines, type SiteMachines } from '../store/allSites';
import { siteJournals } from '../store/sites';
import { request } from './request';

/** ms between two rounds: no site is asked more often. */
const pace = 1_000;
/** Sites after which the table first shows what was read so far. */
const share = 10;

interface ReadSite {
  /** The journal's size and name when it was read. */
  readonly entries: number;
  readonly name: string;
  readonly isAway: boolean;
  readonly machines: SiteMachines;
}

/** The machines of each site's newest journal. Each is read again after it has grown. */
export function useSiteMachines(): readonly SiteMachines[] {
  const [shown, setShown] = useState<readonly SiteMachines[]>([]);
  useEffect(() => {
    const read = new Map<number, ReadSite>();
    let isOver = false;
    let isFirst = true;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const show = (): void => {
      if (!isOver) setShown([...read.values()].map(({ machines }) => machines));
    };
    const round = async (): Promise<void> => {
      const journals = siteJournals(useCrema.getState()).flatMap(({ site, newest }) =>
        newest === null ? [] : [{ ...newest, heardAt: site.progress.heardAt }],
      );
      const gone = [...read.keys()].filter((id) => journals.every((one) => one.id !== id));
      for (const id of gone) read.delete(id);
      let changes = gone.length;
      for (const { id, entries, fileName, to, heardAt } of journals) {
        const known = read.get(id);
        const away = to !== null && isAway(to, heardAt, Date.now());
        if (known?.entries === entries && known.name === fileName && known.isAway === away) continue;
        const reply = await request('captureSnapshot', { id });
        if (isOver) return;
        if (!reply.ok) continue;
        const { capture, machines } = reply.value;
        const place = { capture: id, site: capture.fileName, now: capture.to ?? Date.now(), isAway: away };
        read.set(id, {
          entries: capture.entries,
          name: capture.fileName,
          isAway: away,
          machines: siteMachines(place, machines),
        });
        changes += 1;
        if (isFirst && changes % share === 0) show();
      }
      if (changes > 0) show();
      isFirst = false;
      timer = setTimeout(() => void round(), pace);
    };
    void round();
    return () => {
      isOver = true;
      if (timer !== null) clearTimeout(timer);
    };
  }, []);
  return shown;
}
