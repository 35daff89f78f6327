/** Answers of a machine that is configured not to answer truly. True answers are in the tests of its program. */
import { expect, test } from 'vitest';
import { menu } from '../../../../../src/main/tools/simulator/stock';
import { number, startMachine } from '../../../../builders/simulatedMachine';

const [espresso] = menu;

test('names that every object has are not commands', () => {
  for (const platform of ['linux', 'android'] as const) {
    const { server, machine } = startMachine(platform);
    for (const cmd of ['constructor', '__proto__', 'toString', '', 5]) {
      server.sends({ cmd, vmc_no: number });
      server.sends({ cmd: 'remote', operation: cmd, vmc_no: number, session_id: 's' });
    }
    expect(machine.status).toBe('ready');
  }
});

test('thousands of invented names neither fill its memory nor are obeyed', () => {
  const { server, clock, machine } = startMachine('linux');
  for (let i = 0; i < 500; i += 1) server.sends({ cmd: `made up ${i}`, vmc_no: number });
  server.sends({ cmd: 'opendoor' });
  clock.advance(2_000);
  expect(machine.cabinet.door).toBe('open');
});

test('a late machine answers once, and sends its notice in time', () => {
  const { server, clock, deeds } = startMachine('android', { answering: 'late' });
  server.sends({ cmd: 'discount', vmc_no: number, discount: 80 });
  clock.advance(3_700_000);
  expect(deeds.filter(({ did }) => did === 'setDiscount')).toHaveLength(1);
});

test('a broken machine performs no actions', () => {
  const { server, clock, deeds } = startMachine('linux', { answering: 'fails' });
  const before = deeds.length;
  for (const cmd of ['opendoor', 'reboot', 'statusquery', 'querysupplies'])
    server.sends({ cmd, vmc_no: number });
  server.sends({ cmd: 'priceset', vmc_no: number, price: [[espresso.id, 1, 0]] });
  clock.advance(5_000);
  expect(deeds.slice(before).filter(({ cause }) => cause.by === 'frame')).toEqual([]);
});
