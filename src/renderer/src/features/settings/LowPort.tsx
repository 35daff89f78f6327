import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { TerminalLine } from '../../ui/TerminalLine';

/** The unprivileged port to which the low one is redirected. */
const instead = 8080;

const commands = (port: number): readonly string[] => [
  `sudo sysctl net.ipv4.ip_unprivileged_port_start=${port}`,
  `sudo iptables -t nat -A PREROUTING -p tcp --dport ${port} -j REDIRECT --to-port ${instead}`,
];

/** Instructions for systems where a low port such as 80 requires permissions. */
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
