/**
 * Judges commands by android's notices over HTTP. Any host in the network can send one, and
 * its sign needs no secret [field3]. So only a signed notice from the machine's own address
 * counts. Any other becomes a remark: neither proof nor failure.
 */
import { givenUpAt, hasStep } from '#shared/commands/kit/given';
import { lacksReason } from '#shared/commands/kit/judged';
import { rowOf } from '#shared/commands/kit/rows';
import type { NoticeMeaning } from '#shared/commands/kit/definition';
import { remarksCounted } from '#shared/commands/kit/steps';
import { confirmed, failed, step, unconfirmable, type Verdict } from '#shared/commands/kit/verdict';
import type { Finding } from '#shared/findings';
import type { Command } from '#shared/model/command';
import type { Upload } from '#shared/model/fetched';
import type { ControlNotice } from '#shared/model/upgrade';
import { apply, isJudged, judgeUpload, withStep, type NewStep } from './judge';

/** [ours] Characters kept of the reason in a notice that does not count. */
const longestReason = 50;

/** True if the notice is about the command, and the command still accepts notices. */
const isNoticeOf = (command: Command, { at, sessionId, vmcNo }: ControlNotice): boolean =>
  (isJudged(command, at) || lacksReason(command, at)) &&
  sessionId === command.sessionId &&
  vmcNo === command.vmcNo;

type Distrust = 'otherAddress' | 'unsigned' | 'signWrong';

/** `null`: the notice counts. `addresses`: its allowed sources. */
function distrustOf(
  { sign, remoteAddress }: Pick<ControlNotice, 'sign' | 'remoteAddress'>,
  addresses: readonly (string | null | undefined)[],
): Distrust | null {
  if (!addresses.includes(remoteAddress)) return 'otherAddress';
  if (sign === 'absent') return 'unsigned';
  return sign === 'wrong' ? 'signWrong' : null;
}

/** `addresses`: allowed sources of the notice. `remark` records a finding and returns its entry. */
export function judgeNotice(
  command: Command,
  notice: ControlNotice,
  addresses: readonly (string | null | undefined)[],
  remark: (finding: Finding) => number | null,
): Command {
  if (!isNoticeOf(command, notice)) return command;
  const why = distrustOf(notice, addresses);
  return why === null ? trusted(command, notice) : distrusted(command, notice, why, remark);
}

/** A notice that counts. */
function trusted(command: Command, notice: ControlNotice): Command {
  const { at, done, reason } = notice;
  // The failure is already known.
  if (lacksReason(command, at))
    return done || !reason
      ? command
      : withStep(command, { what: 'machineSaidFailed', at, entry: null, params: { reason } });
  if (!done) return apply(command, failed('machineSaidFailed', { reason: reason ?? '' }), at, null);
  const verdict = meant(command, rowOf(command.name).notice(command));
  // A notice repeats until it is answered.
  if (verdict.kind === 'step' && hasStep(command, verdict.what)) return command;
  return apply(command, verdict, at, null);
}

function meant(command: Command, meaning: NoticeMeaning): Verdict {
  if (meaning === 'done') return confirmed('doneReported');
  if (meaning === 'accepted') return step('accepted');
  // This is not proof, so a command that was given up stays so.
  return givenUpAt(command) === null ? unconfirmable('acceptedOnly') : step('acceptedOnly');
}

/**
 * A notice that does not count. Its finding is recorded once per command
 * and reason, because any host can send thousands.
 */
function distrusted(
  command: Command,
  notice: ControlNotice,
  why: Distrust,
  remark: (finding: Finding) => number | null,
): Command {
  const { at, sessionId: session, remoteAddress: address } = notice;
  if (!isJudged(command, at)) return command;
  const isKnown = isRemarked(command, why);
  return remarkNotice(
    command,
    notice,
    why,
    isKnown ? null : remark({ code: `notice.${why}`, params: { session, address } }),
  );
}

/** `entry`: the finding about the notice. */
function remarkNotice(
  command: Command,
  { at, done, reason, remoteAddress }: ControlNotice,
  why: Distrust,
  entry: number | null,
): Command {
  const status = done ? 'accepted' : 'failed';
  const params = { why, remoteAddress, status, reason: (reason ?? '').slice(0, longestReason) };
  return remarked(command, { what: 'noticeNotTrusted', at, entry, params });
}

/** An upload to the command's address. An upload from a foreign address was refused. */
export const uploadCame = (command: Command, upload: Upload): Command =>
  !upload.ok && upload.why === 'notFromMachine'
    ? remarkUpload(command, upload)
    : judgeUpload(command, upload);

function remarkUpload(command: Command, { at, remoteAddress }: RefusedUpload): Command {
  if (!isJudged(command, at)) return command;
  return remarked(command, { what: 'notFromMachine', at, entry: null, params: { remoteAddress } });
}
type RefusedUpload = Extract<Upload, { ok: false }>;

/** The index of an equal remark. */
const sameRemark = ({ steps }: Command, { what, params }: NewStep): number =>
  steps.findIndex((one) => one.what === what && one.params['why'] === params?.['why']);

/** True if such a step exists. */
const isRemarked = (command: Command, why: Distrust): boolean =>
  sameRemark(command, { what: 'noticeNotTrusted', at: 0, entry: null, params: { why } }) !== -1;

/** Any host in the network can cause thousands of these remarks, so each reason has one step with a count. */
function remarked(command: Command, next: NewStep): Command {
  const place = sameRemark(command, next);
  const known = command.steps[place];
  if (known === undefined) return withStep(command, { ...next, params: { ...next.params, times: 1 } });
  const times = Number(known.params['times']);
  if (times >= remarksCounted) return command;
  const params = { ...known.params, times: times + 1 };
  return { ...command, steps: command.steps.with(place, { ...known, params }) };
}
