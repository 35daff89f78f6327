/** Texts about replays. */
import type { ReplayDifference, ReplayProgress, ReplayRow, ReplayState } from '#shared/model/replay';
import { appErrorWords } from './appErrorWords';
import type { Words } from './words';

const hostPort = ({ host, port }: { readonly host: string; readonly port: number }): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

/** The sender and the receiver. */
export function replayTarget({ t }: Words, { to }: Pick<ReplayState, 'to'>): string {
  if (to.role === 'server') return t('replay.toMachine', { vmcNo: String(to.vmcNo) });
  const server = hostPort(to.server);
  return to.vmcNo === null
    ? t('replay.toServer', { server })
    : t('replay.toServerAs', { server, vmcNo: String(to.vmcNo) });
}

export function replayProblem(words: Words, { problem, sent }: ReplayProgress): string | null {
  const { t } = words;
  switch (problem?.code) {
    case undefined:
      return null;
    case 'unreachable':
      return t('replay.problem.unreachable', { detail: problem.detail });
    case 'closed':
      return problem.detail === ''
        ? t('replay.problem.closed', { sent })
        : t('replay.problem.closedWhy', { sent, detail: problem.detail });
    case 'refused':
      return t('replay.problem.refused', { sent, error: appErrorWords(words, problem.error) });
    case 'internal':
      return t('replay.problem.internal', { detail: problem.detail });
  }
}

export function replayNext({ t, duration }: Words, next: ReplayProgress['next'], now: number): string {
  if (next === null) return '';
  const cmd = next.cmd ?? t('replay.noCommand');
  if (next.waitsFor === 'time')
    return t('replay.next.time', { cmd, time: duration(Math.max(0, (next.dueAt ?? now) - now)) });
  return t(`replay.next.${next.waitsFor}`, { cmd });
}

/** The outcome of a row, in one or two words. */
export const replayOutcome = ({ t }: Words, { kind, outcome }: Pick<ReplayRow, 'kind' | 'outcome'>): string =>
  kind === 'answer'
    ? t(`replay.outcome.${outcome}`)
    : t(outcome === 'same' ? 'replay.sent' : 'replay.changed');

export function replayDifference({ t }: Words, { what, name, recorded, now }: ReplayDifference): string {
  const absent = t('replay.absent');
  return t('replay.becomes', {
    name: what === 'member' ? name : t(`replay.differsIn.${what}`),
    recorded: recorded ?? absent,
    now: now ?? absent,
  });
}
