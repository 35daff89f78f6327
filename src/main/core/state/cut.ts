/** A body of which the end is missing: what stands in it is read, but what does not stand in it may have been said. */
import type { FrameEntry } from '#shared/model/frame';

export const isCut = ({ findings, text }: Pick<FrameEntry, 'findings' | 'text'>): boolean =>
  findings.some(({ code }) => code === 'json.lenient') && (!/\}[\s\0]*$/.test(text) || isOpen(text));

/** Whether it ends within an object or a text, of which the last sign may be a brace too. */
function isOpen(text: string): boolean {
  let depth = 0;
  let isText = false;
  for (let i = 0; i < text.length; i += 1) {
    const sign = text.charAt(i);
    if (sign === '"') isText = !isText;
    else if (sign === '\\' && isText) i += 1;
    else if (!isText && sign === '{') depth += 1;
    else if (!isText && sign === '}') depth -= 1;
  }
  return isText || depth > 0;
}
