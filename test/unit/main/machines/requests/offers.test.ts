import { expect, it } from 'vitest';
import type { MovedMachine } from '#shared/model/fetched';
import type { ListenerState } from '#shared/model/listener';
import { Offers } from '../../../../../src/main/machines/requests/offers';
import { machineState } from '../../../../builders/rows';

const at = (host: string) => ({ status: 'listening', host, port: 12_345, since: 0 }) as const;
const offersAt = (updates: ListenerState): Offers => {
  const offers = new Offers(
    () => undefined,
    () => undefined,
    () => undefined,
  );
  offers.updates = updates;
  return offers;
};
const file = { vmcNo: 7, id: 3, type: 'recipe', day: null, askedAt: 0, address: '10.0.0.7' } as const;
const dirFor = (offers: Offers, host: string): string => {
  const given = offers.expectFile(file, host);
  return 'code' in given ? `${given.code} ${given.params['listens']}` : new URL(given.dir).host;
};

it('a machine gets the local address that it connected to, if downloads are served there, on one address or on all', () => {
  const several = offersAt({ ...at('10.0.0.1'), others: [at('192.168.5.3')] });
  expect(dirFor(several, '10.0.0.1')).toBe('10.0.0.1:12345');
  expect(dirFor(several, '192.168.5.3')).toBe('192.168.5.3:12345');
  expect(dirFor(several, '172.16.0.1')).toBe('updatesUnreachable 10.0.0.1, 192.168.5.3');
  expect(dirFor(offersAt({ ...at('0.0.0.0'), others: [] }), '172.16.0.1')).toBe('172.16.0.1:12345');
});

it('an address of a missing adapter is not used', () => {
  const away = { status: 'waiting', host: '192.168.5.3', port: 12_345, since: 0 } as const;
  expect(dirFor(offersAt({ ...at('10.0.0.1'), others: [away] }), '192.168.5.3')).toMatch(
    /^updatesUnreachable/,
  );
});

it('files of a machine that connects from another address are accepted from there', () => {
  const moved: MovedMachine[] = [];
  const nothing = (): void => undefined;
  const offers = new Offers(nothing, nothing, (machine) => moved.push(machine));
  const from = (remoteAddress: string) =>
    machineState(7, {
      link: {
        status: 'online',
        conn: 1,
        since: 0,
        peer: { remoteAddress, remotePort: 1, localAddress: '10.0.0.1', localPort: 2 },
      },
    });
  const gone = machineState(7, {
    link: { status: 'offline', since: 0, reason: 'reset', address: '10.0.0.7' },
  });
  offers.machineMoved(null, from('10.0.0.7'));
  offers.machineMoved(from('10.0.0.7'), from('10.0.0.7'));
  offers.machineMoved(from('10.0.0.7'), gone);
  expect(moved).toEqual([]);
  offers.machineMoved(gone, from('10.0.0.8'));
  expect(moved).toEqual([{ vmcNo: 7, address: '10.0.0.8' }]);
});
