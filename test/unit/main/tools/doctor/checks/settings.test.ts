import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { settings } from '../../../../../../src/main/tools/doctor/checks/settings';
import { codesOf, computer, factsOf } from '../../../../../builders/doctor';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crema-doctor-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  [null, 'ok none'],
  ['{"settings":{"theme":"dark"}}', 'ok whole'],
  ['{"settings":{"theme":"pink"}}', 'warning some'],
  ['{"settings":', 'problem unreadable'],
])('%s: %s, and the file stays unchanged', async (text, code) => {
  if (text !== null) writeFileSync(join(folder, 'settings.json'), text);
  const before = factsOf(folder);
  expect(codesOf(await settings(computer({ folder })))).toEqual([code]);
  expect(factsOf(folder)).toEqual(before);
});
