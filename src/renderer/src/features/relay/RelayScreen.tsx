import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { Held } from './Held';
import { MachineServers } from './MachineServers';
import { Rules } from './Rules';
import { Server } from './Server';
import classes from './Relay.module.css';

/** Crema between machines and their real server. */
export function RelayScreen() {
  const { t } = useWords();
  return (
    <div className={classes['screen']}>
      <div className={classes['heading']}>
        <h1>{t('relay.title')}</h1>
        <p className="dim">{t('relay.lead')}</p>
      </div>
      <div className={classes['columns']}>
        <div className={classes['column']}>
          <Boundary where="real server">
            <Server />
          </Boundary>
          <Boundary where="machines with a server of their own">
            <MachineServers />
          </Boundary>
        </div>
        <div className={classes['column']}>
          <Boundary where="frames held back">
            <Held />
          </Boundary>
          <Boundary where="rules of the relay">
            <Rules />
          </Boundary>
        </div>
      </div>
    </div>
  );
}
