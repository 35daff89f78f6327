/** A file's name from another computer, as a name that every system accepts and that leads to no other folder. */
import { oneLine } from '#shared/visible';
import { longestFileName } from '#shared/model/siteFiles';

/** Windows takes these for devices, whatever ending follows. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;
const longestEnding = 20;

export function safeName(name: string): string {
  const last = oneLine(name).split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replaceAll(/[<>:"|?*]/g, '_')
    .replaceAll(/^[. ]+|[. ]+$/g, '')
    .replace(device, '$&_');
  return shortened(plain === '' ? 'file' : plain);
}

/** Keeps the ending, which says what the file is. */
function shortened(name: string): string {
  if (name.length <= longestFileName) return name;
  const ending = /(?:\.[\w-]{1,8}){1,2}$/.exec(name)?.[0].slice(-longestEnding) ?? '';
  // Never half a character.
  return name.slice(0, longestFileName - ending.length).replace(/[\uD800-\uDBFF]$/, '') + ending;
}
