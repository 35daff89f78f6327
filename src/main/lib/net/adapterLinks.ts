/**
 * Adapters of this computer that could connect a machine, including those without a link, if the system reports them.
 */
import { execFile } from 'node:child_process';
import { access, readdir, readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { promisify } from 'node:util';
import { dhcpServers, sharedAddress } from '#shared/cable';
import type { AdapterLink } from '#shared/model/arrivals';
import { linuxFacts, readMac, readWindows, windowsQuestion, type AdapterFacts } from './adapterFacts';

/** Linux has one folder per adapter here. */
const folder = '/sys/class/net';
/** Virtual adapters of programs, without a cable or Wi-Fi of this computer. */
const ofPrograms =
  /^(?:docker|br-|virbr|veth[0-9a-f]{6,}|ifb|lxc|cni|flannel|vEthernet|vmnet|feth|bridge\d|awdl|llw|anpi|ap\d)/;
/** ms for which an answer is cached while the addresses stay the same. */
const answerHolds = 30_000;
const answerTimeout = 8_000;

type FactsByAdapter = ReadonlyMap<string, AdapterFacts>;

export interface AdapterSystem {
  readonly interfaces: typeof networkInterfaces;
  /** Facts of the system per adapter, without loopback; empty: not reported. */
  readonly readFacts: () => Promise<FactsByAdapter>;
  readonly sharing: (name: string, addresses: readonly string[]) => Promise<string | null>;
}

export async function adapterLinks({ interfaces, readFacts, sharing }: AdapterSystem = here): Promise<
  readonly AdapterLink[]
> {
  const addressesOf = new Map(
    Object.entries(interfaces())
      .filter(([, all = []]) => all.some(({ internal }) => !internal))
      .map(([name, all = []]) => [
        name,
        all.filter(({ family }) => family === 'IPv4').map(({ address }) => address),
      ]),
  );
  const facts = await readFacts();
  // Without an address, only adapters count that a machine could be plugged into.
  const empty = [...facts].flatMap(([name, { kind }]) =>
    kind === 'tunnel' || ofPrograms.test(name) ? [] : name,
  );
  const names = new Set([...addressesOf.keys(), ...empty]);
  return Promise.all(
    [...names].toSorted().map(async (name) => {
      const { kind, link } = facts.get(name) ?? { kind: 'unknown', link: 'unknown' };
      const addresses = addressesOf.get(name) ?? [];
      return { name, kind, link, addresses, shared: await sharing(name, addresses) };
    }),
  );
}

const here: AdapterSystem = {
  interfaces: networkInterfaces,
  readFacts: systemFacts(),
  sharing: systemSharing,
};

function systemFacts(): () => Promise<FactsByAdapter> {
  if (process.platform === 'linux') return readLinux;
  if (process.platform === 'win32') return whileSame(askWindows);
  return process.platform === 'darwin' ? whileSame(askMac) : () => Promise.resolve(new Map());
}

async function systemSharing(name: string, addresses: readonly string[]): Promise<string | null> {
  if (addresses.length === 0) return null;
  const read = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '');
  const isLinux = process.platform === 'linux';
  const forwarding = isLinux ? await read(`/proc/sys/net/ipv4/conf/${name}/forwarding`) : '';
  const forwards = forwarding.trim() === '1';
  const dhcp = forwards ? dhcpServers(await read('/proc/net/udp')) : [];
  return sharedAddress(process.platform, { name, addresses, forwards, dhcp });
}

/** Runs the other program again only after the addresses changed, or after a while. */
function whileSame(ask: () => Promise<FactsByAdapter>): () => Promise<FactsByAdapter> {
  let last: { readonly key: string; readonly at: number; readonly answer: Promise<FactsByAdapter> } | null =
    null;
  return () => {
    const key = JSON.stringify(networkInterfaces());
    const now = performance.now();
    if (last === null || last.key !== key || now - last.at > answerHolds)
      // A failure does not affect the known addresses.
      last = { key, at: now, answer: ask().catch(() => new Map<string, AdapterFacts>()) };
    return last.answer;
  };
}

const run = promisify(execFile);
const output = async (command: string, args: readonly string[]): Promise<string> =>
  (await run(command, [...args], { timeout: answerTimeout, windowsHide: true })).stdout;

const askWindows = async (): Promise<FactsByAdapter> =>
  readWindows(await output('powershell', ['-NoProfile', '-NonInteractive', '-Command', windowsQuestion]));

const askMac = async (): Promise<FactsByAdapter> =>
  readMac(await output('networksetup', ['-listallhardwareports']), await output('ifconfig', ['-a']));

async function readLinux(): Promise<FactsByAdapter> {
  const names = await readdir(folder).catch((): readonly string[] => []);
  const facts = await Promise.all(
    names
      .filter((name) => name !== 'lo')
      .map(async (name) => {
        const text = (file: string): Promise<string> =>
          readFile(`${folder}/${name}/${file}`, 'utf8').catch(() => '');
        const has = (file: string): Promise<boolean> =>
          access(`${folder}/${name}/${file}`).then(
            () => true,
            () => false,
          );
        const [type, uevent, tunFlags, carrier, hasDevice, isWireless] = await Promise.all([
          text('type'),
          text('uevent'),
          text('tun_flags'),
          text('carrier'),
          has('device'),
          has('phy80211'),
        ]);
        return [name, linuxFacts({ type, uevent, tunFlags, carrier, hasDevice, isWireless })] as const;
      }),
  );
  return new Map(facts);
}
