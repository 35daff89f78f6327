import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { statusOrder } from '#shared/model/problems';
import type { TableGroup, TableView } from '../../../store/machineTable';
import { useWords } from '../../../text/useWords';
import { StateShape } from '../../../ui/StateShape';
import classes from './MachineTable.module.css';

interface GroupLineProps {
  /** `null`: the group has no machines any more. */
  readonly group: TableGroup | null;
  readonly view: TableView;
}

/** The heading line of a group; Enter or a click collapses the group. */
export function GroupLine({ group, view }: GroupLineProps) {
  const words = useWords();
  const { t } = words;
  if (group === null) return null;
  const isFolded = view.folded.includes(group.key);
  const status = view.group === 'state' ? statusOrder.find((one) => one === group.key) : undefined;
  const Icon = isFolded ? IconChevronRight : IconChevronDown;
  return (
    <div className={classes['group']} data-group={group.key} data-folded={isFolded || undefined}>
      <Icon size={14} aria-label={t(isFolded ? 'overview.folded' : 'overview.unfolded')} />
      {status !== undefined && <StateShape status={status} size={13} decorative />}
      <strong>{status === undefined ? group.key || t('overview.noPlace') : t(`state.${status}`)}</strong>
      <span className="dim tabular">{t('overview.machines', { count: group.count })}</span>
      {status === undefined && group.trouble > 0 && (
        <span className={classes['groupTrouble']}>{t('overview.inTrouble', { count: group.trouble })}</span>
      )}
    </div>
  );
}
