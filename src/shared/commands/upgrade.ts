import { z } from 'zod';
import { toText } from '../messages/field';
import { hasStep, type GivenCommand } from './kit/given';
import { minute } from './kit/inputs';
import { hindrance } from './kit/possible';
import { closes, loggedIn, versionsOf } from './kit/restart';
import { command } from './kit/row';
import { confirmed, notMine, step, unconfirmable, when } from './kit/verdict';
import { both } from './kit/wire';

/** ms a machine that has fetched its package gets to come back with it [ours]. */
const settleTime = 10 * minute;

/** A menu or a picture is named in no login; only the machine's own notice tells of it. */
const isSeenAtLogin = ({ input }: GivenCommand): boolean => input['seenAtLogin'] !== false;

export const upgrade = command(z.strictObject({ packageId: z.string().regex(/^[0-9a-f]{64}$/) }))({
  examples: [{ packageId: '0'.repeat(64) }],
  offered: 'button',
  effects: ['restarts'],
  needs: 'package',
  possible: ({ packages }) => (packages.length === 0 ? hindrance('noPackage') : null),
  wire: {
    linux: (_input, { vmcNo, upgradeDir }) => ({ cmd: 'upgrade', vmc_no: vmcNo, dir: upgradeDir }),
    android: (_input, { vmcNo, upgradeDir, upgradeType, sessionId }) => ({
      cmd: 'upgrade',
      vmc_no: vmcNo,
      ...(upgradeType === null ? {} : { type: upgradeType }),
      dir: upgradeDir,
      session_id: sessionId,
    }),
  },
  steps: {
    /** Over HTTP, so without an entry, as the downloads. */
    updateXmlFetched: { remoteAddress: '10.0.0.7', sent: 200, total: 200 },
    downloadBegan: { remoteAddress: '10.0.0.7', sent: 0, total: 5_000_000, key: 'x' },
    downloadEnded: { remoteAddress: '10.0.0.7', sent: 5_000_000, total: 5_000_000 },
    downloadBroke: { remoteAddress: '10.0.0.7', sent: 1_000_000, total: 5_000_000 },
    versionConfirmed: { version: '1.3' },
    versionDiffers: { version: '1.2', expected: '1.3' },
  },
  expects: both([
    closes,
    when('login', (login, about) => {
      if (!isSeenAtLogin(about.command)) return loggedIn(login, about);
      const expected = toText(about.facts['version']) ?? '';
      const said = versionsOf(login);
      if (said.includes(expected)) return confirmed('versionConfirmed', { version: expected });
      // It may restart more than once; but not for an hour.
      return step('versionDiffers', { version: said[0] ?? '', expected }, { until: about.at + settleTime });
    }),
  ]),
  onTransfer: (given, transfer) => {
    const { what, status, remoteAddress, startedAt, endedAt, sent, total, complete } = transfer;
    // Refused, or not modified: nothing was fetched.
    if (status >= 300) return [];
    const params = { remoteAddress, sent, total };
    if (what === 'update.xml')
      return complete === true && !hasStep(given, 'updateXmlFetched')
        ? [step('updateXmlFetched', params, { at: endedAt ?? startedAt })]
        : [];
    const key = `${startedAt} ${remoteAddress}`;
    const began = given.steps.some((one) => one.what === 'downloadBegan' && one.params['key'] === key);
    const verdicts = began ? [] : [step('downloadBegan', { ...params, key }, { at: startedAt })];
    if (complete === null || endedAt === null) return verdicts;
    // Fetched whole, and there is nothing more that it could say at a login.
    const until = complete && !isSeenAtLogin(given) ? { until: endedAt + settleTime } : {};
    return [
      ...verdicts,
      step(complete ? 'downloadEnded' : 'downloadBroke', params, { at: endedAt, ...until }),
    ];
  },
  // That a package was fetched and unpacked is not yet that it runs.
  onNotice: (given) => (isSeenAtLogin(given) ? step : confirmed)('machineSaidDone'),
  onExpired: (given) =>
    !isSeenAtLogin(given) && hasStep(given, 'downloadEnded') ? unconfirmable('cannotProve') : notMine,
  queueFor: 10 * minute,
  proveFor: 60 * minute,
  replaces: (earlier) => hasStep(earlier, 'versionDiffers'),
  says: (_input, { version, fileName }) =>
    // Remembered of its package.
    typeof version === 'string' && typeof fileName === 'string'
      ? ['package', { version, file: fileName }]
      : null,
  waiting: (given) => {
    if (!isSeenAtLogin(given)) return ['notice', {}];
    const fetched = given.steps.findLast(({ what }) => what.startsWith('download'))?.what;
    if (fetched === 'downloadEnded') return ['install', {}];
    return [fetched === 'downloadBroke' ? 'again' : 'download', {}];
  },
  // Its address as it came: stray spaces are fetched too.
  virtual: both((vm, { dir, type }, done) =>
    vm.upgrade(typeof dir === 'string' ? dir : '', toText(type), done),
  ),
});
