import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { TerminalLine } from '../../ui/TerminalLine';

/** A port of our own to which the low one is led. */
const instead = 8080;

const commands = (port: number): readonly string[] => [
  `sudo sysctl net.ipv4.ip_unprivileged_port_start=${port}`,
  `sudo iptables -t nat -A PREROUTING -p tcp --dport ${port} -j REDIRECT --to-port ${instead}`,
];

/** What to do where a port as low as 80 needs rights. */
export function LowPort({ port }: { readonly port: number }) {
  const { t } = useWords();
  const isLinux = useCrema((s) => s.about?.platformName === 'linux');
  return (
    <>
      <p className="dim">{t(isLinux ? 'settings.lowPortLinux' : 'settings.lowPort', { port, instead })}</p>
      {isLinux && commands(port).map((command) => <TerminalLine key={command} text={command} />)}
    </>
  );
}
