import { expect, it } from 'vitest';
import { machines } from '../../../../../src/main/doctor/checks/machines';
import { codesOf, computer } from '../../../../builders/doctor';

it('a login and a heartbeat are answered by the real server, and nothing of it stays', async () => {
  const listening = (): number =>
    process.getActiveResourcesInfo().filter((one) => one === 'TCPServerWrap').length;
  const before = listening();
  expect(codesOf(await machines(computer()))).toEqual(['ok answered']);
  expect(listening()).toBeLessThanOrEqual(before);
});

it('where nothing can listen the line is silent, and why', async () => {
  const found = await machines(computer(), () => Promise.reject(new Error('EPERM')));
  expect(codesOf(found)).toEqual(['problem silent']);
  expect(found[0]?.params).toEqual({ detail: 'EPERM' });
});
