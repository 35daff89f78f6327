import { expect, it } from 'vitest';
import { loggedIn, stateOf, vmc_no } from '../../../../../builders/loggedIn';

// Some machines answer under the question's name.
it.each(['statusquery_r', 'statusquery'])('%s is read like a machinestatus', (cmd) => {
  const play = loggedIn()
    .tells({ cmd: 'statusquery', vmc_no })
    .receives({ cmd, vmc_no, status: 'DoorOpen ' });
  expect(stateOf(play).door?.value).toBe('open');
});
