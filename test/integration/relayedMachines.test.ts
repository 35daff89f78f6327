/** A virtual machine through the relay to a foreign server: both streams are the same before and behind Crema. */
import { connect, createServer, type AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { Fleet } from '../../src/main/tools/simulator/fleet';
import { fleetOptions } from '../../src/main/tools/simulator/options';
import { End, Relayed, waiting } from '../builders/relayed';
import { TestServer } from './simulatorServer';

/** Passes bytes both ways and keeps them, for each connection and direction. */
class Tap {
  readonly seen: { readonly fromMachine: End; readonly fromServer: End }[] = [];
  port = 0;

  static async start(target: () => number): Promise<Tap> {
    const tap = new Tap();
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (machine) => {
      const onward = { port: target(), host: '127.0.0.1', noDelay: true, allowHalfOpen: true };
      const upstream = connect(onward);
      tap.seen.push({ fromMachine: new End(machine, false), fromServer: new End(upstream, false) });
      machine.pipe(upstream).pipe(machine);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    tap.port = (server.address() as AddressInfo).port;
    onTestFinished(() => void server.close());
    return tap;
  }
}

it.each(['linux', 'android'] as const)('%s: an hour of it, played fast', async (platform) => {
  const server = await TestServer.start();
  onTestFinished(() => server.stop());
  server.pays = true;
  const behind = await Tap.start(() => server.port);
  const relayed = await Relayed.start({ upstream: { host: '127.0.0.1', port: behind.port } });
  const before = await Tap.start(() => relayed.crema.port);
  const fleet = new Fleet(
    fleetOptions.parse({ host: '127.0.0.1', port: before.port, count: 12, platform, pace: 900 }),
  );
  onTestFinished(() => fleet.stop());
  // Twelve machines that sell: in seconds they send as many messages as one machine in hours.
  await server.until(() => server.received.length >= 180, 'hours of messages');
  await fleet.stop();
  await expect.poll(() => relayed.crema.fleet.connections.size, waiting).toBe(0);
  // The taps see bytes before the server does.
  await server.until(() => server.open === 0, 'the end of all connections', waiting.timeout);
  const streams = ({ seen }: Tap) =>
    seen
      .map(({ fromMachine, fromServer }) =>
        [fromMachine, fromServer].map(({ bytes, hash }) => `${bytes} ${hash}`).join(', '),
      )
      .toSorted();
  await expect.poll(() => streams(behind), waiting).toEqual(streams(before));
  expect(before.seen).toHaveLength(12);
  expect(before.seen.reduce((sum, { fromServer }) => sum + fromServer.bytes, 0)).toBeGreaterThan(2_000);
  const recorded = relayed.crema.entries.filter(({ kind }) => kind === 'frame');
  expect(recorded.filter((entry) => entry.kind === 'frame' && entry.dir === 'in')).toHaveLength(
    server.received.length,
  );
  expect(server.findings).toEqual([]);
});
