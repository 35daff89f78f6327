import { Checkbox } from '@mantine/core';
import {
  optionalSupport,
  supportLimit,
  type OptionalSupport,
  type SupportFrames,
  type SupportPart,
} from '#shared/model/support';
import { damageFacts } from '../../text/captureWords';
import { listed } from '../../text/phrases';
import { useWords } from '../../text/useWords';
import type { Words } from '../../text/words';
import classes from './Support.module.css';

interface PartListProps {
  readonly parts: readonly SupportPart[];
  readonly frames: SupportFrames | null;
  readonly without: readonly OptionalSupport[];
  readonly isBusy: boolean;
  readonly onInclude: (kind: OptionalSupport, isIn: boolean) => void;
}

/** The parts of the ZIP, and their sizes. */
export function PartList({ parts, frames, without, isBusy, onInclude }: PartListProps) {
  const words = useWords();
  const { t } = words;
  const isOut = ({ kind }: SupportPart): boolean => without.some((one) => one === kind);
  const whole = parts.reduce((all, part) => all + (isOut(part) ? 0 : part.packed), 0);
  return (
    <table className={classes['list']} aria-label={t('support.list')}>
      <thead>
        <tr>
          <th scope="col" colSpan={2}>
            {t('support.what')}
          </th>
          <th scope="col" className={classes['size']}>
            {t('support.size')}
          </th>
        </tr>
      </thead>
      <tbody>
        {parts.map((part) => {
          const { kind, packed } = part;
          const name = t(`support.part.${kind}`);
          const optional = optionalSupport.find((one) => one === kind);
          const facts = partFacts(words, part, frames);
          return (
            <tr key={kind} data-out={isOut(part) || undefined}>
              <td className={classes['mark']}>
                {optional === undefined ? (
                  <span role="img" aria-label={t('support.always')} title={t('support.always')}>
                    ✓
                  </span>
                ) : (
                  <Checkbox
                    size="xs"
                    checked={!isOut(part)}
                    disabled={isBusy}
                    aria-label={t('support.include', { part: name })}
                    onChange={({ currentTarget }) => onInclude(optional, currentTarget.checked)}
                  />
                )}
              </td>
              <th scope="row">
                {name}
                {facts !== '' && <span className="dim"> · {facts}</span>}
              </th>
              <td className={classes['size']}>{words.bytes(packed)}</td>
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={2}>
            {t('support.whole')}{' '}
            <span className="dim">{t('support.of', { megabytes: supportLimit / 1_000_000 })}</span>
          </th>
          <td className={classes['size']}>{words.bytes(whole)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

/** The size of a part, and its missing pieces. */
function partFacts(words: Words, part: SupportPart, frames: SupportFrames | null): string {
  const { t } = words;
  const { kind, files, leftOut } = part;
  if (kind !== 'frames' || frames === null)
    return [
      ...(files > 1 ? [t('support.files', { count: files })] : []),
      ...(leftOut > 0 ? [t('support.noRoom', { count: leftOut })] : []),
    ].join(' · ');
  const { hours, machines, entries, withheld, damage } = frames;
  const time = words.duration(hours * 3_600_000);
  const count = machines?.length ?? 0;
  return [
    machines === null
      ? t('support.ofAll', { time })
      : t('support.ofSome', { count, list: listed(words, machines.map(String)), time }),
    entries === 0 ? t('support.none') : t('support.entries', { count: entries }),
    ...(leftOut > 0 ? [t('support.olderNoRoom', { count: leftOut })] : []),
    ...(withheld > 0 ? [t('support.withheld', { count: withheld })] : []),
    ...damageFacts(words, damage),
  ].join(' · ');
}
