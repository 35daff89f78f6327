/** No adapter, no link, no usable address, loopback only: in network namespaces, if this computer permits them. */
import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { ownDisplay } from '../builders/app';
import { useFolder } from '../builders/useFolder';

const run = promisify(execFile);
const folder = useFolder();
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** A namespace needs Linux, iproute2 and root. An administrator without the privilege for low ports needs util-linux. */
function isPermitted(): boolean {
  const name = `crema-probe-${process.pid}`;
  try {
    execFileSync('ip', ['netns', 'add', name], { stdio: 'ignore' });
    execFileSync('ip', ['netns', 'del', name], { stdio: 'ignore' });
    execFileSync('setpriv', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
/** An administrator without the privilege for low ports, like ordinary users. */
const unprivileged = ['setpriv', '--bounding-set', '-net_bind_service'];
const permitted = isPermitted();
if (!permitted) process.stdout.write('Network namespaces are not permitted here: these tests are skipped.\n');

/** The app's output, in a network namespace of its own, with the name of another namespace for machines. */
async function said(): Promise<readonly string[]> {
  const ours = `crema-${process.pid}`;
  const machine = `crema-machine-${process.pid}`;
  for (const name of [ours, machine]) {
    execFileSync('ip', ['netns', 'add', name]);
    ends.push(() => execFileSync('ip', ['netns', 'del', name]));
  }
  const file = join('test', 'e2e', 'connectNamespace.ts');
  const data = folder('data');
  const { stdout } = await run(
    'ip',
    ['netns', 'exec', ours, ...unprivileged, process.execPath, '--import', 'tsx', file, machine, data],
    { env: ownDisplay() },
  );
  return stdout.trim().split('\n');
}

it.runIf(permitted)(
  'the walk of Connect follows the cable; chosen adapters disappear and return, one of two by itself',
  async () => {
    expect(await said()).toEqual([
      // One cable.
      'no adapter: stop adapter none',
      'a port for administrators: stop listening denied',
      'the other end is off: stop adapter noLink',
      'another address: stop adapter gone',
      'a self-given address: stop adapter selfGiven',
      'our own address: ok selfTest answered',
      'our own address is kept from us: stop selfTest failed',
      'nothing comes: stop arrives nothing',
      'loopback only: stop reachable loopback',
      'a machine through the cable: ok adapter proved',
      'it says nothing: stop bytes none',
      // Two cables.
      'both adapters are listed',
      'both are listened on',
      'downloads at 10.77.0.1 and 10.78.0.1',
      'a machine comes by the first',
      'its cable is pulled',
      'its address is gone',
      'a machine comes by the other',
      'it is back with another address',
      'it is waited for',
      'with its address it is taken up again',
      'the adapter is gone',
      'it is followed to its new address',
      'what to type is said: nmcli device modify cable ipv4.method manual ipv4.addresses 192.168.10.1/24; sudo ip address add 192.168.10.1/24 dev cable',
      'with the fixed address it is listened there',
      'or how to share: nmcli device modify cable ipv4.method shared',
      'it became a gateway: 10.42.0.1:4567',
      'it is listened there',
      'the direct link is on',
      'the window is about the machine that came',
      'another one is turned away and listed',
      'all are served again',
    ]);
  },
);
