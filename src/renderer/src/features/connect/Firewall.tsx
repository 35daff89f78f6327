import type { System } from '#shared/cable';
import { useWords } from '../../text/useWords';
import { TerminalLine } from '../../ui/TerminalLine';
import { SystemChoice, useSystem } from './SystemChoice';
import classes from './Walk.module.css';

const commands: Readonly<Record<System, (port: number) => readonly string[]>> = {
  win32: (port) => [
    `netsh advfirewall firewall add rule name=Crema dir=in action=allow protocol=TCP localport=${port}`,
  ],
  darwin: () => ['sudo /usr/libexec/ApplicationFirewall/socketfilterfw --unblockapp /Applications/Crema.app'],
  linux: (port) => [
    `sudo ufw allow ${port}/tcp`,
    `sudo firewall-cmd --add-port=${port}/tcp`,
    `sudo iptables -I INPUT -p tcp --dport ${port} -j ACCEPT`,
  ],
};

/** Firewall instructions for this computer or another system. */
export function Firewall({ port }: { readonly port: number }) {
  const { t } = useWords();
  const [system, setSystem] = useSystem();
  return (
    <div className={classes['firewall']}>
      <div className={classes['firewallHead']}>
        <strong>{t('connectWalk.firewall')}</strong>
        <SystemChoice label={t('connectWalk.firewall')} system={system} onChange={setSystem} />
      </div>
      <p>{t(`connectWalk.firewallClicks.${system}`)}</p>
      {commands[system](port).map((command) => (
        <TerminalLine key={command} text={command} />
      ))}
    </div>
  );
}
