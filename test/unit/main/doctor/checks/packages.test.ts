import { expect, it } from 'vitest';
import { packages } from '../../../../../src/main/doctor/checks/packages';
import { codesOf, computer } from '../../../../builders/doctor';

it('what a machine fetches first is given by the real host, and nothing of it stays', async () => {
  const listening = (): number =>
    process.getActiveResourcesInfo().filter((one) => one === 'TCPServerWrap').length;
  const before = listening();
  expect(codesOf(await packages(computer()))).toEqual(['ok answered']);
  expect(listening()).toBeLessThanOrEqual(before);
});

it('where nothing can listen the line is silent, and why', async () => {
  const found = await packages(computer(), () => Promise.reject(new Error('EPERM')));
  expect(codesOf(found)).toEqual(['problem silent']);
  expect(found[0]?.params).toEqual({ detail: 'EPERM' });
});
