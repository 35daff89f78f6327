import { expect, it } from 'vitest';
import { loggedIn, stateOf, vmc_no } from '../../../../../builders/loggedIn';

// Some machines answer with the name of the question.
it.each(['querysupplies_r', 'querysupplies'])('%s tells what a machinestatus tells', (cmd) => {
  const play = loggedIn()
    .tells({ cmd: 'querysupplies', vmc_no })
    .receives({ cmd, vmc_no, supply: { '10009': 7 } });
  expect(stateOf(play).supplies['10009']?.value).toBe('7');
});
