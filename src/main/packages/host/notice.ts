/**
 * Parses android's notice about a command: GET /api/control/notify [field]. Each notice is
 * answered; machines/commands/notices.ts decides which ones count.
 */
import type { ControlNotice } from '#shared/model/upgrade';
import { makeNoticeSign } from '../../core/protocol/sign';

const longestSession = 200;
const longestReason = 1_000;

/** `null`: a parameter is missing or not a number. */
export function readNotice(query: URLSearchParams, at: number, remoteAddress: string): ControlNotice | null {
  const of = (name: string): string => query.getAll(name).at(-1) ?? '';
  const [vmc, sessionId, status, reason] = [of('vmc'), of('sessionId'), of('status'), of('reason')];
  if (!/^\d{1,15}$/.test(vmc) || !/^-?\d{1,9}$/.test(status)) return null;
  if (sessionId === '' || sessionId.length > longestSession || reason.length > longestReason) return null;
  const done = Number(status) === 1;
  const signed = { vmc, sessionId, status, reason, nonce: of('nonce'), timestamp: of('timestamp') };
  return {
    vmcNo: Number(vmc),
    sessionId,
    done,
    reason: done ? null : reason,
    sign: signOf(signed, of('sign')),
    at,
    remoteAddress,
  };
}

function signOf(signed: Parameters<typeof makeNoticeSign>[0], sign: string): ControlNotice['sign'] {
  if (sign.trim() === '') return 'absent';
  const written = sign.trim().toUpperCase();
  if (written === makeNoticeSign(signed)) return 'matched';
  // The sign may cover the decoded reason or the encoded one from the address;
  // which one is unknown. They differ only for some reasons.
  const inAddress = { ...signed, reason: encodeURIComponent(signed.reason) };
  return written === makeNoticeSign(inAddress) ? 'matched' : 'wrong';
}
