/** The adapters of this computer that could carry a machine, also those that have no link, where the system tells. */
import { readdir, readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import type { AdapterLink } from '#shared/model/arrivals';

/** Where Linux says it, one folder each. */
const folder = '/sys/class/net';
/** Of programs that have networks of their own: no cable or Wi-Fi of this computer. */
const ofPrograms = /^(?:docker|br-|virbr|veth[0-9a-f]{6,}|ifb|lxc|cni|flannel)/;

export interface AdapterSystem {
  readonly interfaces: typeof networkInterfaces;
  /** Names of all there are; `null`: the system does not tell. */
  readonly names: () => Promise<readonly string[] | null>;
  readonly carrier: (name: string) => Promise<boolean>;
}

const here: AdapterSystem = {
  interfaces: networkInterfaces,
  names: () => (process.platform === 'linux' ? readdir(folder).catch(() => null) : Promise.resolve(null)),
  // An adapter that is switched off answers with an error.
  carrier: (name) =>
    readFile(`${folder}/${name}/carrier`, 'utf8').then(
      (text) => text.trim() === '1',
      () => false,
    ),
};

export async function adapterLinks({ interfaces, names, carrier }: AdapterSystem = here): Promise<
  readonly AdapterLink[]
> {
  const found = Object.entries(interfaces());
  const addressesOf = new Map(
    found
      .filter(([, all = []]) => all.some(({ internal }) => !internal))
      .map(([name, all = []]) => [
        name,
        all.filter(({ family }) => family === 'IPv4').map(({ address }) => address),
      ]),
  );
  const known = await names();
  if (known === null)
    return [...addressesOf].map(([name, addresses]) => ({ name, link: 'unknown' as const, addresses }));
  const wanted = known.filter((name) => addressesOf.has(name) || (name !== 'lo' && !ofPrograms.test(name)));
  return Promise.all(
    wanted.toSorted().map(async (name) => ({
      name,
      link: (await carrier(name)) ? ('up' as const) : ('down' as const),
      addresses: addressesOf.get(name) ?? [],
    })),
  );
}
