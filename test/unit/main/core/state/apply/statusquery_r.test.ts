import { expect, it } from 'vitest';
import { loggedIn, stateOf, vmc_no } from '../../../../../builders/loggedIn';

// Some machines answer with the name of the question.
it.each(['statusquery_r', 'statusquery'])('%s tells what a machinestatus tells', (cmd) => {
  const play = loggedIn()
    .tells({ cmd: 'statusquery', vmc_no })
    .receives({ cmd, vmc_no, status: 'DoorOpen ' });
  expect(stateOf(play).door?.value).toBe('open');
});
