import { IconDotsVertical } from '@tabler/icons-react';
import { useState } from 'react';
import { useWords } from '../../../text/useWords';
import { iconOf } from '../commands/own';
import { rowCommands } from '../rowCommands';
import classes from './MachineTable.module.css';

/**
 * The dots of a line, which open its menu. While the pointer is on them, the commands stand beside them. For the pointer only: keys open the
 * menu of the current line.
 */
export function LineCommands({ vmcNo }: { readonly vmcNo: number }) {
  const { t } = useWords();
  const [isNear, setNear] = useState(false);
  return (
    <span
      className={classes['commands']}
      aria-hidden
      onPointerEnter={() => setNear(true)}
      onPointerLeave={() => setNear(false)}
    >
      {isNear && (
        <span className={classes['beside']}>
          {rowCommands.map((name) => {
            const Icon = iconOf(name);
            return (
              <span key={name} className={classes['command']} data-command={name}>
                <Icon size={14} />
                {t(`command.${name}.name`)}
              </span>
            );
          })}
        </span>
      )}
      <span className={classes['more']} data-more title={t('machines.menu', { vmcNo })}>
        <IconDotsVertical size={16} />
      </span>
    </span>
  );
}
