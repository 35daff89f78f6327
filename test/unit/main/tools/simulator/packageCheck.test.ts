import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { PackageCheck } from '../../../../../src/main/tools/simulator/packageCheck';
import { zipOf } from '../../../../builders/zips';

it.each([
  ['the one in its answer', 'own', null],
  ['another than in its answer', '0'.repeat(64), 'the package is another one'],
  ['without a hash in its answer', 'W/"5"', null],
])('a package that is %s', async (_name, named, problem) => {
  const zip = await zipOf({ 'vendui/main': 'x' });
  const check = new PackageCheck();
  const own = createHash('sha256').update(zip).digest('hex');
  check.begins({ etag: `"${named === 'own' ? own : named}"`, whole: zip.length });
  check.takes(zip);
  expect(check.problem(true)).toBe(problem);
});
