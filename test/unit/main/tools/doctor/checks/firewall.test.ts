import { expect, it } from 'vitest';
import { doctorSentence } from '#shared/doctor';
import { codesOf } from '../../../../../builders/doctor';
import { firewall } from '../../../../../../src/main/tools/doctor/checks/firewall';

const ports = {
  machines: { host: '0.0.0.0', port: 4_567 },
  updates: { host: '0.0.0.0', port: 12_345 },
};

it('a port that is not known yet is the default one', async () => {
  const any = { host: '0.0.0.0', port: 0 };
  const [found] = await firewall(
    { machines: any, updates: { host: '0.0.0.0', port: 5 } },
    { platform: 'win32', program: '', has: () => Promise.resolve(false) },
  );
  expect(found?.params).toEqual({ ports: '4567,5' });
});

it.each([
  ['linux', 'ufw', 'ufw', 'sudo ufw allow 4567,12345/tcp'],
  ['linux', 'firewall-cmd', 'firewalld', 'sudo firewall-cmd --add-port=4567/tcp --add-port=12345/tcp'],
  ['linux', '', 'iptables', 'sudo iptables -I INPUT -p tcp -m multiport --dports 4567,12345 -j ACCEPT'],
  [
    'win32',
    '',
    'windows',
    'netsh advfirewall firewall add rule name=Crema dir=in action=allow protocol=TCP localport=4567,12345',
  ],
  ['darwin', '', 'macos', 'sudo /usr/libexec/ApplicationFirewall/socketfilterfw --unblockapp "/opt/crema"'],
] as const)('%s with %s: %s', async (platform, installed, code, command) => {
  const found = await firewall(ports, {
    platform,
    program: '/opt/crema',
    has: (name) => Promise.resolve(name === installed),
  });
  expect(found).toHaveLength(1);
  for (const one of found) {
    expect(codesOf([one])).toEqual([`ok ${code}`]);
    expect(doctorSentence(one).en).toContain(command);
    expect(doctorSentence(one).zh).toContain(command);
  }
});
