import { IconDotsVertical } from '@tabler/icons-react';
import { memo } from 'react';
import { isPending } from '#shared/model/glance';
import { useCrema, useRow } from '../../../store';
import { isCapture } from '../../../store/source';
import { statusWord } from '../../../text/machineWords';
import { useWords } from '../../../text/useWords';
import { IdentityBadge } from '../../../ui/IdentityBadge';
import { StateShape } from '../../../ui/StateShape';
import { Ticking } from '../../../ui/Ticking';
import { useTicked } from '../../../ui/useTicked';
import classes from './MachineList.module.css';

/** One machine in the list. It renders only when its own row or state changes; its durations update themselves. */
export const MachineLine = memo(function MachineLine({ vmcNo }: { readonly vmcNo: number }) {
  const words = useWords();
  const row = useRow(vmcNo);
  const status = useCrema((s) => s.list.statuses.get(vmcNo) ?? 'offline');
  const state = useCrema((s) => s.list.states.get(vmcNo) ?? 'offline');
  const hasMenu = useCrema((s) => !isCapture(s));
  const pending = useTicked((now) => row !== undefined && isPending(row, now));
  if (row === undefined) return null;
  return (
    <div className={classes['line']} data-status={status} data-vmc={vmcNo}>
      <StateShape status={state} isLastKnown={state !== status} isPending={pending} />
      <div className={classes['lineText']}>
        <div className={classes['lineTop']}>
          <span className={classes['number']}>{row.vmcNo}</span>
          <span className={classes['name']}>{row.name}</span>
          <IdentityBadge row={row} />
          {row.virtual && <span className={classes['virtual']}>{words.t('machines.virtual')}</span>}
        </div>
        <Ticking titled className={classes['word']} text={(now) => statusWord(words, row, now)} />
      </div>
      {hasMenu && (
        // For the pointer. For keys there is a button above the list.
        <span className={classes['more']} data-more title={words.t('machines.menu', { vmcNo })}>
          <IconDotsVertical size={16} aria-hidden />
        </span>
      )}
    </div>
  );
});
