import { slotOf } from '#shared/errors/codes';
import { shortagesOf, type Shortage } from '#shared/errors/shortage';
import { readAmount } from '#shared/materials';
import type { MachineState } from '#shared/model/machine';
import type { Words } from '../../../text/words';
import { useWords } from '../../../text/useWords';
import { Boundary } from '../../../ui/Boundary';
import { Ago } from '../../../ui/Ticking';
import { FrameLink } from './FrameLink';
import classes from './Facts.module.css';

/** The amount of each material, and the time of its report. An error that says otherwise stands beside it. */
export function Supplies({ state }: { readonly state: MachineState }) {
  const { t } = useWords();
  const supplies = Object.entries(state.supplies);
  const newest = supplies
    .map(([, amount]) => amount)
    .reduce<Amount | null>((a, b) => (a === null || b.at > a.at ? b : a), null);
  const codes = state.errors.map(({ code }) => code);
  const shortages = shortagesOf(codes);
  const isSoldOut = codes.some((code) => slotOf(code) === 'soldOut');
  const isContradicted = supplies.some(([id]) => shortages.has(id));
  return (
    <div className={classes['block']}>
      <h3>{t('machine.supplies')}</h3>
      {newest === null ? (
        <p className="dim">{t('machine.noSupplies')}</p>
      ) : (
        <>
          <ul className={classes['supplies']} title={t('machine.asSent')}>
            {supplies.map(([id, amount]) => (
              <Boundary key={id} as="item" where={`supply ${id}`} of={amount}>
                <SupplyItem
                  id={id}
                  amount={amount}
                  isOld={amount.entry !== newest.entry}
                  shortage={shortages.get(id) ?? null}
                />
              </Boundary>
            ))}
          </ul>
          {(isSoldOut || isContradicted) && (
            <p>{t(isSoldOut ? 'machine.soldOutCounts' : 'machine.shortCounts')}</p>
          )}
          <p className="dim">
            {t('machine.suppliesAt')}{' '}
            <FrameLink entry={newest.entry}>
              <Ago at={newest.at} />
            </FrameLink>
          </p>
        </>
      )}
    </div>
  );
}

type Amount = MachineState['supplies'][string];

interface SupplyItemProps {
  readonly id: string;
  readonly amount: Amount;
  /** A later report did not contain it. */
  readonly isOld: boolean;
  /** By an active error; `null`: none. */
  readonly shortage: Shortage | null;
}
function SupplyItem({ id, amount, isOld, shortage }: SupplyItemProps) {
  const words = useWords();
  const read = readAmount(amount.value);
  const isEmpty = read.kind === 'amount' && read.value <= 0;
  return (
    <li title={id} data-empty={isEmpty}>
      <span className="dim">{words.material(id)}</span>{' '}
      <span className="tabular">{amountWords(words, amount.value)}</span>
      {shortage !== null && <strong> · {words.t(`machine.reportedShort.${shortage}`)}</strong>}
      {isOld && (
        <span className="dim">
          {' '}
          · <Ago at={amount.at} />
        </span>
      )}
    </li>
  );
}

function amountWords({ t, number }: Words, raw: string): string {
  const amount = readAmount(raw);
  return amount.kind === 'amount' ? number(amount.value) : t('machine.notMeasured', { raw });
}
