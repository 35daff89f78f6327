import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { settings } from '../../../../../../src/main/tools/doctor/checks/settings';
import { codesOf, computer, factsOf } from '../../../../../builders/doctor';
import { useFolder } from '../../../../../builders/useFolder';

const folder = useFolder();

it.each([
  [null, 'ok none'],
  ['{"settings":{"theme":"dark"}}', 'ok whole'],
  ['{"settings":{"theme":"pink"}}', 'warning some'],
  ['{"settings":', 'problem unreadable'],
])('%s: %s, and the file stays unchanged', async (text, code) => {
  if (text !== null) writeFileSync(folder('settings.json'), text);
  const before = factsOf(folder());
  expect(codesOf(await settings(computer({ folder: folder() })))).toEqual([code]);
  expect(factsOf(folder())).toEqual(before);
});
