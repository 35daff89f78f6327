import { expect, it } from 'vitest';
import { surveyOf } from '../../../../../src/main/tools/replay/survey';
import { ended, said } from '../../../../builders/replayed';

it('counts the frames, machines and effects for each side', async () => {
  const survey = await surveyOf([
    [
      said('in', { cmd: 'login', vmc_no: 33_232 }, { id: 1, at: 100 }),
      said('out', { cmd: 'login_r', vmc_no: 33_232 }, { id: 2, at: 110 }),
      said('out', { cmd: 'reboot', vmc_no: 33_232 }, { id: 3, at: 120 }),
    ],
    [
      { kind: 'junk', id: 4, at: 130, conn: 2, vmcNo: 33_233, bytes: new Uint8Array(3), findings: [] },
      said('in', { cmd: 'hb', vmc_no: 33_233 }, { id: 5, at: 140, conn: 2 }),
      said('in', { cmd: 'hb', vmc_no: 33_233 }, { id: 6, at: 150, conn: 2 }),
      ended(7, 160).entry,
    ],
  ]);
  expect(survey.machine).toEqual({
    frames: 4,
    extent: { first: 1, last: 6, from: 100, to: 150 },
    connections: 2,
    machines: [33_232, 33_233],
    commands: [
      { cmd: 'hb', count: 2 },
      { cmd: 'login', count: 1 },
      { cmd: null, count: 1 },
    ],
  });
  expect(survey.server).toMatchObject({
    frames: 1,
    extent: { first: 3, last: 3 },
    machines: [33_232],
    commands: [{ cmd: 'reboot', count: 1 }],
  });
  expect(survey.answers).toBe(1);
  expect(survey.risks).toEqual([{ command: 'reboot', risk: 'restarts' }]);
});

it('finds no frames among opened and closed connections', async () => {
  const { machine, server } = await surveyOf([[ended(1, 10).entry]]);
  expect([machine.extent, server.extent, machine.frames]).toEqual([null, null, 0]);
});
