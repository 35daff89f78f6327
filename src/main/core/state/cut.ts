/** Detects a truncated body: its members are valid, but a missing member may have been in the missing part. */
import type { FrameEntry } from '#shared/model/frame';

export const isCut = ({ findings, text }: Pick<FrameEntry, 'findings' | 'text'>): boolean =>
  findings.some(({ code }) => code === 'json.lenient') && (!/\}[\s\0]*$/.test(text) || isOpen(text));

/** Whether the text ends inside an object or a string, whose last character may be a brace too. */
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
