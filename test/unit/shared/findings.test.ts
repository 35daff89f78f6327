/** Every listed finding has a cause. */
import { expect, it } from 'vitest';
import { findings, type FindingCode } from '#shared/findings';
import { findingCauses } from '../../fixtures/findingCauses';

it.each(Object.keys(findings) as FindingCode[])('%s occurs', async (code) => {
  const found = await findingCauses[code]();
  expect(found.map((finding) => finding.code)).toContain(code);
});
