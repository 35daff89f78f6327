import { memo } from 'react';
import type { MachineRow, MachineStatus } from '#shared/model/machine';
import { glanceOf } from '#shared/model/glance';
import { headlineWords } from '../../text/machineWords';
import { useWords } from '../../text/useWords';
import { programWords } from '../../text/versionWords';
import { StateShape } from '../../ui/StateShape';
import { Ago } from '../../ui/Ticking';
import { clock } from '../../ui/ticker';
import classes from './AllSites.module.css';

interface AllLineProps {
  readonly row: MachineRow;
  readonly site: string;
  /** The time of the site's newest data; `null`: this computer, so the present time. */
  readonly now: number | null;
  /** Nothing is known since then. */
  readonly isAway: boolean;
  readonly status: MachineStatus;
  readonly state: MachineStatus;
  /** The worst active error in place of the most important problem. */
  readonly ofErrors: boolean;
}

/** One machine of a site, as of the site's newest data. */
export const AllLine = memo(function AllLine({
  row,
  site,
  now,
  isAway,
  status,
  state,
  ofErrors,
}: AllLineProps) {
  const words = useWords();
  const at = now ?? clock();
  const { worst } = row;
  const isPlain = glanceOf(row, at).status === 'online' && worst === null && row.link.noLogin === null;
  const known =
    ofErrors && worst !== null
      ? `${worst.code} ${words.errorTitle(worst.code, worst.description ?? null)}`
      : isPlain
        ? ''
        : headlineWords(words, row, null, at);
  const asOf = isAway && known !== '' && now !== null;
  const problem = asOf
    ? words.t('sites.all.asOf', { at: words.moment(now, Date.now()), what: known })
    : known;
  const version = programWords(words, row, at);
  return (
    <div className={classes['line']} data-vmc={row.vmcNo} data-site={site}>
      <StateShape status={state} isLastKnown={state !== status} size={15} />
      <span data-cell="site" title={site}>
        {site}
      </span>
      <span data-cell="number" className="tabular">
        {row.vmcNo}
      </span>
      <span data-cell="name" title={row.name}>
        {row.name}
      </span>
      <span data-cell="status">{words.t(`state.${status}`)}</span>
      <span data-cell="heard">
        {row.lastHeard === null ? <span className="dim">–</span> : <Ago at={row.lastHeard} />}
      </span>
      <span data-cell="version" className="dim" title={version}>
        {version}
      </span>
      <span data-cell="sentence" title={problem}>
        {problem}
      </span>
    </div>
  );
});
