import { IconFlag } from '@tabler/icons-react';
import { findings, type FindingCode } from '#shared/findings';
import type { MachineState } from '#shared/model/machine';
import { useWords } from '../../../text/useWords';
import { Boundary } from '../../../ui/Boundary';
import { Ago } from '../../../ui/Ticking';
import { FrameLink } from './FrameLink';
import { severityOfFinding, severityRank } from '#shared/model/severity';
import classes from './Facts.module.css';

interface Found {
  readonly code: FindingCode;
  readonly seen: NonNullable<MachineState['findings'][FindingCode]>;
}

const rankOf = (code: FindingCode): number => severityRank[severityOfFinding[findings[code]]];

/** Findings about the connection itself, which no frame shows. */
const ofTheLink = /^(link|number)\.|^out\.tooLong$/;

/** Findings on this machine's connection, most severe first. */
export function Findings({ state }: { readonly state: MachineState }) {
  const { t } = useWords();
  const found = Object.entries(state.findings)
    .map(([code, seen]): Found => ({ code: code as FindingCode, seen }))
    .filter(({ code }) => code in findings)
    .toSorted((a, b) => rankOf(a.code) - rankOf(b.code) || b.seen.last - a.seen.last);
  return (
    <div className={classes['block']}>
      <h3>{t('machine.findings')}</h3>
      {found.length === 0 ? (
        <p className="dim">{t('machine.noFindings')}</p>
      ) : (
        <ul className={classes['items']}>
          {found.map((one) => (
            <Boundary key={one.code} as="item" where={`finding ${one.code}`} of={one.seen}>
              <FoundItem {...one} />
            </Boundary>
          ))}
        </ul>
      )}
    </div>
  );
}

function FoundItem({ code, seen }: Found) {
  const words = useWords();
  const { t } = words;
  return (
    <li className={classes['item']} data-severity={findings[code]}>
      <IconFlag size={13} role="img" aria-label={t(`frames.severity.${findings[code]}`)} />
      <div>
        {words.findingTitle(code)}{' '}
        <span className="dim tabular">
          {t('machine.times', { count: seen.times })} ·{' '}
          {ofTheLink.test(code) ? (
            <Ago at={seen.last} />
          ) : (
            <FrameLink entry={seen.entry}>
              <Ago at={seen.last} />
            </FrameLink>
          )}
        </span>
      </div>
    </li>
  );
}
