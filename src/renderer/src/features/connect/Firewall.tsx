import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { TerminalLine } from '../../ui/TerminalLine';
import classes from './Walk.module.css';

const systems = ['win32', 'darwin', 'linux'] as const;
type System = (typeof systems)[number];
const names: Readonly<Record<System, string>> = { win32: 'Windows', darwin: 'macOS', linux: 'Linux' };

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

/** How the firewall of this computer, or of another one that is helped from here, lets machines in. */
export function Firewall({ port }: { readonly port: number }) {
  const { t } = useWords();
  const here = useCrema((s) => s.about?.platformName);
  const [chosen, setChosen] = useState<System | null>(null);
  const system = chosen ?? systems.find((one) => one === here) ?? 'linux';
  return (
    <div className={classes['firewall']}>
      <div className={classes['firewallHead']}>
        <strong>{t('connectWalk.firewall')}</strong>
        <SegmentedControl
          size="xs"
          aria-label={t('connectWalk.firewall')}
          value={system}
          onChange={(value) => setChosen(systems.find((one) => one === value) ?? null)}
          data={systems.map((value) => ({ value, label: names[value] }))}
        />
      </div>
      <p>{t(`connectWalk.firewallClicks.${system}`)}</p>
      {commands[system](port).map((command) => (
        <TerminalLine key={command} text={command} />
      ))}
    </div>
  );
}
