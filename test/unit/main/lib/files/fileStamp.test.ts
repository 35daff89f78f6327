import { afterEach, expect, it, vi } from 'vitest';
import { fileMinute, fileStamp } from '../../../../../src/main/lib/files/fileStamp';

afterEach(() => vi.unstubAllEnvs());

it.each([
  ['Asia/Shanghai', '2026-11-27T07-14-05', '2026-11-27 07-14'],
  ['UTC', '2026-11-26T23-14-05', '2026-11-26 23-14'],
  ['America/St_Johns', '2026-11-26T19-44-05', '2026-11-26 19-44'],
])('file names contain local time (%s)', (zone, second, minute) => {
  vi.stubEnv('TZ', zone);
  const at = Date.UTC(2026, 10, 26, 23, 14, 5, 999);
  expect(fileStamp(at)).toBe(second);
  expect(fileMinute(at)).toBe(minute);
});
