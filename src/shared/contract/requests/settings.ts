/** Requests about settings and the test of downloads. */
import { patchOf } from '../../model/settingRow';
import { settingRows } from '../../model/settings';
import { result, type RequestRows, nothing } from '../request';

export const settingsRequests = {
  clearVisits: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: nothing,
    result: result<null>(),
  },
  testDownloads: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: nothing,
    result: result<null>(),
  },
  setSettings: {
    thread: 'desktop',
    scope: 'app',
    audit: 'own',
    args: patchOf(settingRows),
    result: result<null>(),
  },
} as const satisfies RequestRows;
