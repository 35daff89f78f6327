/** The state of a machine, independent of its program. */
import { expect, test } from 'vitest';
import { breakdowns, menu, warnings } from '../../../../../src/main/tools/simulator/stock';
import { startMachine } from '../../../../builders/simulatedMachine';

const [espresso] = menu;
const [beansLow] = warnings;
const persistent = breakdowns.find((fault) => fault.persistent) ?? breakdowns[0];

test('a warning does not stop sales, a breakdown does', () => {
  const { machine } = startMachine('android');
  machine.cabinet.setFault(beansLow);
  expect(machine.cabinet.broken).toBe(false);
  machine.cabinet.setFault(persistent);
  expect(machine.cabinet.brokenBy).toBe(persistent.code);
  machine.technician.clearErrors();
  expect(machine.cabinet.broken).toBe(false);
});

test('a restart ends the volatile faults', () => {
  const { machine } = startMachine('linux');
  machine.cabinet.setFault(beansLow);
  machine.cabinet.setFault(persistent);
  machine.stop();
  expect(machine.cabinet.faults).toEqual([persistent]);
});

test('a cup block is reported, until the next drink', () => {
  const { server, clock, machine } = startMachine('linux');
  machine.cabinet.blockCup();
  expect(server.of('machinestatus').map(({ body }) => body['status'])).toEqual(['cupblock']);
  machine.technician.brew(espresso.id);
  clock.advance(20_001);
  expect(machine.cabinet.cupBlocked).toBe(false);
});

test('supplies: amounts are strings, and drinks use them up', () => {
  const { server, machine, clock } = startMachine('android');
  machine.technician.fillUp();
  const supply = () => server.of('machinestatus').findLast(({ body }) => body['status'] === 'supply')?.body;
  expect(supply()).toMatchObject({
    supply: { '10007': '9000', '10009': '1500', '10016': '1200' },
    time: '20240501080001',
  });
  machine.technician.brew(810);
  clock.advance(20_001);
  machine.cabinet.reportSupplies({ by: 'itself' });
  expect(supply()?.['supply']).toMatchObject({ '10009': '1491' });
});

test('a door opened with the key is closed with it, or automatically', () => {
  const { clock, machine, deeds } = startMachine('linux');
  machine.technician.openDoor();
  machine.technician.openDoor();
  clock.advance(600_000);
  expect(machine.cabinet.door).toBe('open');
  machine.technician.closeDoor();
  machine.technician.openDoor(5_000);
  clock.advance(5_000);
  const doors = deeds.filter(({ did }) => did.endsWith('Door'));
  expect(doors.map(({ did, cause }) => [did, cause.by])).toEqual([
    ['openedDoor', 'technician'],
    ['closedDoor', 'technician'],
    ['openedDoor', 'technician'],
    ['closedDoor', 'technician'],
  ]);
});

test('its frames use its own clock', () => {
  const { server } = startMachine('android', { clockOffset: 3_600_000 });
  expect(server.of('machinestatus').find(({ body }) => body['status'] === 'supply')?.body['time']).toBe(
    '20240501090001',
  );
});
