import { z } from 'zod';
import { toText } from '../messages/field';
import type { MachineState } from '../model/machine';
import { hasRestarted } from '../model/restarts';
import { broughtBy, broughtByCommand, hasVersion, versionNow, versionsKnown } from '../model/version';
import { hasStep, lastStep, type GivenCommand } from './kit/given';
import { day, minute } from './kit/inputs';
import { restarts } from './kit/restart';
import { command } from './kit/row';
import { confirmed, notMine, step, unconfirmable, when, type About, type BodyNamed } from './kit/verdict';
import { both } from './kit/wire';
import type { VersionField } from '../model/knownVersions';

/** ms for a machine that has downloaded its package to return with the new version [ours]. */
const settleTime = 10 * minute;

const isSeenAtLogin = ({ input }: GivenCommand): boolean => broughtByCommand(input).field !== null;

/** The machine is back without the package's version. */
const back = ['versionDiffers', 'notApplied', 'versionSame'] as const;

/** The last step of its download. */
const lastOfDownload = ({ steps }: GivenCommand): string | undefined =>
  steps.findLast(({ what }) => what.startsWith('download'))?.what;

/** Steps after which the machine must request the package again. */
const again: ReadonlySet<string> = new Set(['downloadBroke', 'downloadPart', 'downloadRefused']);

/** HTTP status of Crema's last refusal. */
const refusedWith = ({ steps }: GivenCommand): unknown =>
  steps.findLast(({ what }) => what === 'downloadRefused')?.params['status'];

/** The connection ended because Crema ended, and with it a download whose end nobody saw. */
const endedWithCrema = (machine: MachineState | null): boolean =>
  machine?.link.status === 'offline' && ['shutdown', 'killed'].includes(machine.link.reason);

/**
 * The machine may restart several times, but not for an hour. A link that dropped and returned is not evidence. linux redials by itself
 * 120-240 s after the last byte [field3], so only a login count proves a restart.
 */
function notThere(
  { loginCount }: BodyNamed<'login'>,
  { command: given, conn, at, sequence, before: machine }: About<unknown>,
  {
    reported,
    expected,
    before,
  }: Readonly<Record<'reported' | 'expected', string>> & { readonly before: unknown },
) {
  // A login without a version is not evidence.
  if (conn === given.conn || reported === '') return notMine;
  const params = { version: reported, expected };
  const until = { until: at + settleTime };
  if (before === null || reported !== before) return step('versionDiffers', params, until);
  const hasFetched = hasStep(given, 'downloadEnded');
  const isCounted = loginCount !== null && machine?.login?.loginCount != null;
  const isRestarted = isCounted && hasRestarted(machine, loginCount, { at, conn, sequence });
  if (hasFetched && isRestarted) return step('notApplied', params, until);
  if (lastStep(given)?.what === 'versionSame') return notMine;
  const isFetching =
    ['downloadBegan', 'downloadResumed'].includes(lastOfDownload(given) ?? '') && !endedWithCrema(machine);
  return step('versionSame', { version: reported }, hasFetched || (isRestarted && !isFetching) ? until : {});
}

interface Piece {
  readonly from: number;
  readonly to: number;
}

/** Whether the pieces are complete. A request from a later byte implies the bytes before it, as far as Crema sent them. */
function hasAll({ steps }: GivenCommand, { size, ...last }: Piece & { readonly size: number }): boolean {
  const before = steps.flatMap(({ what, params: { from = 0, sent = 0 } }) =>
    what === 'downloadBroke' || what === 'downloadPart'
      ? [{ from: Number(from), to: Number(from) + Number(sent) }]
      : [],
  );
  let end = 0;
  for (const { from, to } of [...before, last].toSorted((a, b) => a.from - b.from))
    if (from <= end) end = Math.max(end, to);
  return end >= size;
}

export const upgrade = command(z.strictObject({ packageId: z.string().regex(/^[0-9a-f]{64}$/) }))({
  examples: [{ packageId: '0'.repeat(64) }],
  offered: 'button',
  effects: ['restarts'],
  // The download comes first.
  goesWithin: 60 * minute,
  needs: 'package',
  already: ({ machine, packages, doubts = [] }, { packageId }) => {
    const pkg = packages.find(({ id }) => id === packageId);
    if (pkg === undefined) return null;
    const answer = hasVersion(broughtBy(pkg), versionsKnown(machine, doubts));
    return answer.has === 'has' ? { version: answer.version } : null;
  },
  awaitsLogin: ({ machine, packages, doubts = [], now }, { packageId }) => {
    const pkg = packages.find(({ id }) => id === packageId);
    if (pkg === undefined || machine?.link.status !== 'online') return false;
    const answer = hasVersion(broughtBy(pkg), versionsKnown(machine, doubts));
    // On linux each upgrade starts another program [field3], so it is not sent while the machine may still install.
    return (
      answer.has === 'unknown' &&
      answer.why === 'fetched' &&
      now - Math.max(answer.doubt.at, machine.link.since) < settleTime
    );
  },
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
    /** Over HTTP, so without an entry, like the downloads. */
    updateXmlFetched: { remoteAddress: '10.0.0.7', sent: 200, total: 200 },
    downloadBegan: { remoteAddress: '10.0.0.7', sent: 0, total: 5_000_000, key: 'x' },
    downloadEnded: { remoteAddress: '10.0.0.7', from: 0, sent: 5_000_000, total: 5_000_000 },
    downloadBroke: { remoteAddress: '10.0.0.7', from: 0, sent: 1_000_000, total: 5_000_000 },
    /** From a requested byte. */
    downloadResumed: { remoteAddress: '10.0.0.7', from: 1_000_000, total: 5_000_000, key: 'x' },
    /** A requested range. Together with earlier pieces it is incomplete. */
    downloadPart: { remoteAddress: '10.0.0.7', from: 0, sent: 100, total: 100 },
    /** The package could not be sent: `status` of the HTTP answer. */
    downloadRefused: { remoteAddress: '10.0.0.7', status: 404 },
    /** By a computer other than the machine. */
    fetchedElsewhere: { remoteAddress: '10.0.0.8', sent: 0, total: 5_000_000 },
    /** The machine reported this version before too. */
    alreadyThere: { version: '1.3' },
    versionConfirmed: { version: '1.3' },
    /** The same, but Crema saw no download. */
    versionNew: { version: '1.3', before: '1.2' },
    /** The machine downloaded the package, was offline, and reports its old version. */
    notApplied: { version: '1.2', expected: '1.3' },
    /** The machine reconnected with its old version, which alone is not evidence. */
    versionSame: { version: '1.2' },
    /** Neither the old version nor the package's. */
    versionDiffers: { version: '1.4', expected: '1.3' },
  },
  remember: ({ machine, doubts = [] }) => {
    const before = (field: VersionField): string | null => {
      const now = versionNow(field, versionsKnown(machine, doubts));
      return now.known ? now.version : null;
    };
    return { versionBefore: before('version'), ioVersionBefore: before('ioVersion') };
  },
  expects: both([
    {
      within: 60 * minute,
      anyOf: [
        ...restarts,
        when('login', (login, about) => {
          const { field } = broughtByCommand(about.command.input);
          if (field === null) return notMine;
          const expected = toText(about.facts['version']) ?? '';
          const reported = login[field]?.trim() ?? '';
          const before = about.facts[`${field}Before`] ?? null;
          if (reported !== expected) return notThere(login, about, { reported, expected, before });
          const isBack = about.conn !== about.command.conn;
          const hasFetched = hasStep(about.command, 'downloadEnded');
          // If the old version was unknown, this one may be the old one.
          if (before === null ? hasFetched && isBack : before !== expected && (hasFetched || isBack))
            return hasFetched
              ? confirmed('versionConfirmed', { version: expected })
              : confirmed('versionNew', { version: expected, before: toText(before) ?? '' });
          if (before !== expected) return notMine;
          // The two versions are equal, so a login cannot distinguish them.
          return hasFetched ? unconfirmable('alreadyThere', { version: expected }) : notMine;
        }),
      ],
    },
  ]),
  onTransfer: (given, transfer, address) => {
    const { what, status, remoteAddress, startedAt, endedAt, from, sent, total, complete, size } = transfer;
    // Not modified: no download, and none is needed.
    if (status >= 300 && status < 400) return [];
    const params = { remoteAddress, from, sent, total };
    if (address !== null && remoteAddress !== address && status >= 400) return [];
    if (address !== null && remoteAddress !== address)
      return given.steps.some(
        (one) => one.what === 'fetchedElsewhere' && one.params['remoteAddress'] === remoteAddress,
      )
        ? []
        : [step('fetchedElsewhere', params, { at: startedAt })];
    if (status >= 400) {
      const isKnown = lastOfDownload(given) === 'downloadRefused' && refusedWith(given) === status;
      // A client that has everything needs no more. A request for bytes after the end gets status 416.
      const hasIt =
        lastOfDownload(given) === 'downloadEnded' || (status === 416 && hasStep(given, 'downloadEnded'));
      if (isKnown || hasIt) return [];
      return [step('downloadRefused', { remoteAddress, status }, { at: endedAt ?? startedAt })];
    }
    if (what === 'update.xml')
      return complete === true && !hasStep(given, 'updateXmlFetched')
        ? [step('updateXmlFetched', params, { at: endedAt ?? startedAt })]
        : [];
    const key = `${startedAt} ${from} ${remoteAddress}`;
    const began = given.steps.some(({ params: { key: known } }) => known === key);
    const first = from > 0 ? 'downloadResumed' : 'downloadBegan';
    const verdicts = began ? [] : [step(first, { ...params, key }, { at: startedAt })];
    if (complete === null || endedAt === null) return verdicts;
    if (complete && !hasAll(given, { from, to: from + total, size }))
      return [...verdicts, step('downloadPart', params, { at: endedAt })];
    // The download is complete, and a login cannot add evidence.
    const until = complete && !isSeenAtLogin(given) ? { until: endedAt + settleTime } : {};
    return [
      ...verdicts,
      complete
        ? step('downloadEnded', { ...params, sent: size, total: size }, { at: endedAt, ...until })
        : step('downloadBroke', params, { at: endedAt }),
    ];
  },
  // A client's own errors (412, 416) do not concern other machines.
  holdsOthers: (given) =>
    lastStep(given)?.what === 'downloadRefused' && ![412, 416].includes(Number(refusedWith(given))),
  onExpired: (given) =>
    !isSeenAtLogin(given) && hasStep(given, 'downloadEnded') ? unconfirmable('cannotProve') : notMine,
  unheardFor: settleTime,
  queueFor: 10 * minute,
  lateFor: day,
  keptOverRuns: true,
  replaces: (earlier) =>
    back.some((what) => hasStep(earlier, what)) || lastOfDownload(earlier) === 'downloadRefused',
  says: (_input, { version, fileName }) =>
    // Facts stored about the package.
    typeof version === 'string' && typeof fileName === 'string'
      ? ['package', { version, file: fileName }]
      : null,
  waiting: (given) => {
    const last = lastStep(given);
    if (last?.what === 'notApplied') return ['notInstalled', { version: String(last.params['version']) }];
    const fetched = lastOfDownload(given);
    if (fetched === 'downloadEnded') return [isSeenAtLogin(given) ? 'install' : 'failure', {}];
    return [again.has(fetched ?? '') ? 'again' : 'download', {}];
  },
  // The address exactly as received: machines request stray spaces too.
  virtual: both({
    // The downloader sends no notice, not even after a failed download [field3].
    notifies: 'never',
    acts: (vm, { dir, type }) => vm.upgrade(typeof dir === 'string' ? dir : '', toText(type)),
  }),
});
