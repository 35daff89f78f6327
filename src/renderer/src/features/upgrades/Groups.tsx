import { memo } from 'react';
import type { MachineGroup } from '../../store/upgrades';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import classes from './Machines.module.css';

interface GroupsProps {
  readonly label: string;
  readonly groups: readonly MachineGroup[];
  readonly nameOf: (group: MachineGroup) => string;
  readonly chosen: ReadonlySet<number>;
  /** Machines that can't be chosen now. */
  readonly barred: { readonly has: (vmcNo: number) => boolean };
  /** Chooses all machines of a group, or none. */
  readonly onToggle: (group: MachineGroup, on: boolean) => void;
}

/** A bar for each group of machines, with its size. A press chooses all its machines. */
export function Groups({ label, groups, nameOf, chosen, barred, onToggle }: GroupsProps) {
  const most = Math.max(1, ...groups.map(({ machines }) => machines.length));
  return (
    <ul className={classes['groups']} aria-label={label}>
      {groups.map((group) => (
        <Boundary
          key={JSON.stringify([group.platform, group.value])}
          as="item"
          where={`group ${group.value} of “${label}”`}
          of={group}
        >
          <Group {...{ nameOf, chosen, barred, onToggle }} group={group} most={most} />
        </Boundary>
      ))}
    </ul>
  );
}

interface GroupProps extends Pick<GroupsProps, 'nameOf' | 'chosen' | 'barred' | 'onToggle'> {
  readonly group: MachineGroup;
  /** Machines of the largest group. */
  readonly most: number;
}
function Group({ nameOf, chosen, barred, onToggle, group, most }: GroupProps) {
  const count = group.machines.filter((vmcNo) => chosen.has(vmcNo)).length;
  const able = group.machines.filter((vmcNo) => !barred.has(vmcNo)).length;
  return (
    <li>
      <Bar
        name={nameOf(group)}
        group={group}
        share={group.machines.length / most}
        pressed={count === 0 ? false : count === able ? true : 'mixed'}
        onToggle={() => onToggle(group, count < able)}
      />
    </li>
  );
}

interface BarProps {
  readonly name: string;
  readonly group: MachineGroup;
  readonly share: number;
  readonly pressed: boolean | 'mixed';
  readonly onToggle: () => void;
}
const Bar = memo(function Bar({ name, group, share, pressed, onToggle }: BarProps) {
  const words = useWords();
  const { t } = words;
  const { machines, online, platform, isThere } = group;
  const all = machines.length;
  return (
    <button type="button" className={classes['group']} aria-pressed={pressed} onClick={onToggle}>
      <span className={classes['groupName']} title={name}>
        {name}
        {platform !== null && <span className="dim"> {words.platform(platform)}</span>}
      </span>
      <span className={classes['track']} aria-hidden>
        <span
          className={classes['bar']}
          data-there={isThere || undefined}
          style={{ width: `${share * 100}%` }}
        />
      </span>
      <span className="tabular">{words.number(all)}</span>
      <span className={classes['groupNote']}>
        {isThere ? t('upgrades.runsAlready') : t('upgrades.online', { count: online })}
      </span>
    </button>
  );
});
