import { memo } from 'react';
import type { MachineRow, MachineState, MachineStatus } from '#shared/model/machine';
import { sellingOf, type Selling, type SellingAnswer, type SellingReason } from '#shared/model/selling';
import { useCrema } from '../../../store';
import type { Words } from '../../../text/words';
import { useWords } from '../../../text/useWords';
import { Boundary } from '../../../ui/Boundary';
import { Glued } from '../../../ui/Glued';
import { StateShape } from '../../../ui/StateShape';
import { clock } from '../../../ui/ticker';
import { Evidence } from './Evidence';
import classes from './Facts.module.css';

const shapes: Readonly<Record<Selling, MachineStatus>> = {
  no: 'fault',
  doubtful: 'warning',
  yes: 'online',
  unknown: 'offline',
};

/** Whether the machine can sell; if not, the reasons and their frames. */
export function CanSell({ row, state }: { readonly row: MachineRow; readonly state: MachineState }) {
  // Renders when time alone makes the machine silent.
  useCrema((s) => s.list.statuses.get(row.vmcNo));
  return <SellingPanel json={JSON.stringify(sellingOf(row, state, clock()))} />;
}

/** The state changes ten times a second, but this answer rarely does. `json`: the answer. */
const SellingPanel = memo(function SellingPanel({ json }: { readonly json: string }) {
  const { t } = useWords();
  const { answer, reasons, reportsUntil } = JSON.parse(json) as SellingAnswer;
  return (
    <div className={classes['selling']} data-answer={answer}>
      <StateShape status={shapes[answer]} size={18} decorative />
      <div>
        <h3>
          {t('selling.title')} <strong>{t(`selling.${answer}`)}</strong>
        </h3>
        {reasons.length === 0 ? (
          <p className="dim">{t('selling.nothing')}</p>
        ) : (
          <ul>
            {reasons.map((reason) => (
              <Boundary
                key={'code' in reason ? `${reason.kind} ${reason.code}` : reason.kind}
                as="item"
                where={`why it does not sell: ${reason.kind}`}
                of={json}
              >
                <Reason reason={reason} />
              </Boundary>
            ))}
          </ul>
        )}
        {reportsUntil !== null && answer === 'yes' && <p className="dim">{t('selling.reportsUntil')}</p>}
      </div>
    </div>
  );
});

function Reason({ reason }: { readonly reason: SellingReason }) {
  const words = useWords();
  return (
    <li>
      <Glued text={reasonWords(words, reason)}>
        {reason.entry !== null && <Evidence entry={reason.entry} />}
      </Glued>
    </li>
  );
}

function reasonWords({ t, errorPhrase, moment }: Words, reason: SellingReason): string {
  if (!('code' in reason)) return t(`selling.reason.${reason.kind}`);
  const facts = { what: errorPhrase(reason.code), code: reason.code };
  // Only these reasons have a time.
  const timed = () => ({ ...facts, time: moment(reason.at, clock()) });
  if (reason.kind === 'madeSince') return t('selling.reason.madeSince', timed());
  if (reason.kind !== 'closed') return t(`selling.reason.${reason.kind}`, facts);
  return reason.by === null
    ? t('selling.reason.closedByHand', timed())
    : t('selling.reason.closed', { ...timed(), by: reason.by });
}
