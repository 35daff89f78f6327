import { useMemo } from 'react';
import { useSiteMachines } from '../../bridge/allSites';
import { useCrema } from '../../store';
import { allMachines, siteMachines } from '../../store/allSites';
import { usePacedMachines } from '../../store/pacedMachines';
import { siteJournals } from '../../store/sites';
import { useWords } from '../../text/useWords';
import { clock } from '../../ui/ticker';
import { AllTable } from './AllTable';

/** The machines of all sites together, or those with active errors. */
export function AllMachines({ ofErrors }: { readonly ofErrors: boolean }) {
  const { t } = useWords();
  const local = usePacedMachines();
  const read = useSiteMachines();
  const sites = useCrema((s) => s.sites);
  const captures = useCrema((s) => s.captures);
  const journals = useMemo(() => siteJournals({ sites, captures }), [sites, captures]);
  const site = t('sites.live');
  const own = useMemo(
    () => siteMachines({ capture: null, site, now: clock(), isAway: false }, local.values()),
    [local, site],
  );
  const all = useMemo(() => allMachines([own, ...read]), [own, read]);
  const unread = journals.filter(({ newest }) => newest === null).map((one) => one.site.name);
  return <AllTable all={all} ofErrors={ofErrors} unread={unread} />;
}
