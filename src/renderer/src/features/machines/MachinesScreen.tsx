import { Button } from '@mantine/core';
import { useCrema } from '../../store';
import { navigate } from '../../store/navigate';
import { useRemembered } from '../../store/remembered';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { EmptyNote } from '../../ui/EmptyNote';
import { Split } from '../../ui/Split';
import { MachineList } from './list/MachineList';
import { MachinePage, type MachinePageProps } from './page/MachinePage';

const isWidth = (value: unknown): value is `${number}px` =>
  typeof value === 'string' && /^\d{3}(\.\d+)?px$/.test(value);

export function MachinesScreen({ panes }: Pick<MachinePageProps, 'panes'>) {
  const { t } = useWords();
  const vmcNo = useCrema((s) => (s.route.screen === 'machines' ? s.route.vmcNo : null));
  const empty = useCrema((s) => s.machines.size === 0);
  const [width, setWidth] = useRemembered<`${number}px`>('listWidth', '300px', isWidth);
  if (empty && vmcNo === null)
    return (
      <EmptyNote title={t('machines.none')}>
        <Button onClick={() => navigate({ screen: 'connect' })}>{t('machines.toConnect')}</Button>
      </EmptyNote>
    );
  return (
    <Split
      label={t('machines.resize')}
      size={width}
      initial="300px"
      min="220px"
      max="520px"
      restMin="420px"
      onSize={(size) => isWidth(size) && setWidth(size)}
      first={
        <Boundary where="list of machines">
          <MachineList />
        </Boundary>
      }
      second={
        vmcNo === null ? (
          <EmptyNote title={t('machines.choose')} text={t('machines.chooseText')} />
        ) : (
          <Boundary key={vmcNo} where={`page of machine ${vmcNo}`}>
            <MachinePage vmcNo={vmcNo} panes={panes} />
          </Boundary>
        )
      }
    />
  );
}
