/** A body of which the end is missing: what stands in it is read, but what does not stand in it may have been said. */
import type { FrameEntry } from '#shared/model/frame';

export const isCut = ({ findings, text }: Pick<FrameEntry, 'findings' | 'text'>): boolean =>
  findings.some(({ code }) => code === 'json.lenient') && !/\}[\s\0]*$/.test(text);
