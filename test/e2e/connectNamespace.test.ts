/** No adapter, no link, no usable address, loopback only: in network namespaces, where this computer permits them. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { ownDisplay } from '../builders/app';

const run = promisify(execFile);
const ends: (() => unknown)[] = [];
afterEach(() => {
  for (const end of ends.splice(0).toReversed()) end();
});

/** A namespace needs Linux, iproute2 and its administrator; one who may not have every port, util-linux. */
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
/** An administrator who may not have every port, as others may not. */
const unprivileged = ['setpriv', '--bounding-set', '-net_bind_service'];
const permitted = isPermitted();
if (!permitted) process.stdout.write('Network namespaces are not permitted here: these tests are skipped.\n');

it.runIf(permitted)('the walk of Connect follows the cable', async () => {
  const ours = `crema-${process.pid}`;
  const machine = `crema-machine-${process.pid}`;
  for (const name of [ours, machine]) {
    execFileSync('ip', ['netns', 'add', name]);
    ends.push(() => execFileSync('ip', ['netns', 'del', name]));
  }
  const folder = mkdtempSync(join(tmpdir(), 'crema-ns-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  const script = join('test', 'e2e', 'connectNamespace.ts');
  const data = join(folder, 'data');
  const { stdout } = await run(
    'ip',
    ['netns', 'exec', ours, ...unprivileged, process.execPath, '--import', 'tsx', script, machine, data],
    { env: ownDisplay() },
  );
  expect(stdout.trim().split('\n')).toEqual([
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
  ]);
});
