import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { PanelColumn, PanelScreen } from '../../ui/PanelScreen';
import { Held } from './Held';
import { MachineServers } from './MachineServers';
import { Rules } from './Rules';
import { Server } from './Server';

/** The relay: Crema between machines and their real server. */
export function RelayScreen() {
  const { t } = useWords();
  return (
    <PanelScreen title={t('relay.title')} lead={t('relay.lead')}>
      <PanelColumn>
        <Boundary where="real server">
          <Server />
        </Boundary>
        <Boundary where="machines with a server of their own">
          <MachineServers />
        </Boundary>
      </PanelColumn>
      <PanelColumn>
        <Boundary where="frames held back">
          <Held />
        </Boundary>
        <Boundary where="rules of the relay">
          <Rules />
        </Boundary>
      </PanelColumn>
    </PanelScreen>
  );
}
