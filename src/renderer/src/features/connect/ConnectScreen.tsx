import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { Panel } from '../../ui/Panel';
import { PanelColumn, PanelScreen } from '../../ui/PanelScreen';
import { Addresses } from './Addresses';
import { Dials } from './Dials';
import { DirectLink } from './DirectLink';
import { VirtualMachines } from './VirtualMachines';
import { Waiting } from './Waiting';
import classes from './Connect.module.css';

/** Connecting a machine: the address to enter, and the arriving connections. */
export function ConnectScreen() {
  const { t } = useWords();
  return (
    <PanelScreen title={t('connect.title')} lead={t('connect.lead')} isFirstWide>
      <PanelColumn>
        <Boundary where="waiting connections">
          <Waiting />
        </Boundary>
        <Boundary where="addresses">
          <Addresses />
        </Boundary>
      </PanelColumn>
      <PanelColumn>
        <Panel title={t('connect.howTitle')}>
          <ol className={classes['steps']}>
            <li>{t('connect.how1')}</li>
            <li>{t('connect.how2')}</li>
            <li>{t('connect.how3')}</li>
            <li>{t('connect.how4')}</li>
          </ol>
          <p className="dim">{t('connect.howFirewall')}</p>
        </Panel>
        <Boundary where="direct link">
          <DirectLink />
        </Boundary>
        <Boundary where="machines that are called">
          <Dials />
        </Boundary>
        <Boundary where="virtual machines">
          <VirtualMachines />
        </Boundary>
      </PanelColumn>
    </PanelScreen>
  );
}
