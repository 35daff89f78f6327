/** The meaning of a frame in a few words, from its command and the beginning of its body. */
import { readBeginning } from '#shared/body/beginning';
import { sentenceOf } from '#shared/messages/sentences';
import type { FrameRow, Peer } from '#shared/model/frame';
import { anyKey } from './t';
import { readableParams } from './readable';
import type { Words } from './words';

/** The text of the list's command column. */
export function entryName({ t }: Words, { kind, cmd }: FrameRow): string {
  return kind === 'frame' ? (cmd === null ? t('frames.noCmd') : cmd) : t(`frames.kind.${kind}`);
}

/** "past: 10:00:03 – 10:20:00", with dates if the span is not within today. */
export function pastSpanText(
  words: Words,
  { from, to }: { readonly from: number | null; readonly to: number },
  now: number,
): string {
  const today = words.date(now);
  const moment = (at: number): string => {
    const [date, time] = [words.date(at), words.clock(at).slice(0, 8)];
    return date === today ? time : `${date} ${time}`;
  };
  return from === null
    ? words.t('frames.pastUntil', { to: moment(to) })
    : words.t('frames.past', { from: moment(from), to: moment(to) });
}

export const endText = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

/** `null`: the meaning is only the command's name, or the command is unknown. */
export function frameMeaning(words: Words, row: FrameRow): string | null {
  return meaningOf(row.vmcNo === null ? words : words.of(row.vmcNo), row);
}

function openedMeaning({ t }: Words, { remoteAddress, remotePort, localPort, dialled, relay }: Peer): string {
  const what = { from: endText(remoteAddress, remotePort), port: localPort };
  if (relay !== undefined)
    return t(`phrase.relay.${relay.is}`, { ...what, to: endText(relay.host, relay.port) });
  return t(dialled === true ? 'phrase.dialled' : 'phrase.opened', what);
}

function meaningOf(words: Words, row: FrameRow): string | null {
  const { peer, reason } = row;
  if (peer !== undefined) return openedMeaning(words, peer);
  if (reason !== undefined) return words.t(`close.${reason}`);
  if (row.kind === 'finding') return row.findings.map(words.finding).join(' ');
  if (row.cmd === null) return null;
  const { json, whole } = readBeginning(row.text);
  const sentence = sentenceOf({ ...json, cmd: row.cmd }, row.dir ?? 'in', whole);
  const what =
    sentence === null
      ? words.command(row.cmd)
      : anyKey(words.t)(sentence.key, readableParams(words, sentence.params));
  const mark = relayMarks.find((one) => row.findings.some(({ code }) => code === `relay.${one}`));
  return mark === undefined ? what : words.t(`phrase.relayMark.${mark}`, { what: what ?? row.cmd });
}

/** The result of relaying a frame, and its author, so that no line is mistaken for another. */
const relayMarks = ['ours', 'edited', 'released', 'held', 'dropped', 'answered', 'notPassed'] as const;
