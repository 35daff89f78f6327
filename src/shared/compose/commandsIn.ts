/** Which commands a text written by hand may be to a machine, however it is written: a machine reads what JSON.parse does not. */
import { commandNames, type CommandName } from '../commands/index';
import { commandOf, rowOf } from '../commands/kit/rows';
import { wrapper } from '../commands/kit/wire';

/** Members that say what is to be done, with any quotation marks or none. */
const said = /["']?(cmd|operation)\s*["']?\s*:\s*["']?\s*([\w ]*\w)/gi;

export function commandsIn(text: string): readonly CommandName[] {
  const found = new Set<CommandName>();
  const meant = withoutEscapes(text);
  // A comment may stand between, and what looks like one may be part of an address.
  for (const [, member = '', word = ''] of [meant, withoutComments(meant)].flatMap(membersOf)) {
    const value = word.toLowerCase();
    const message = member.toLowerCase() === 'cmd' ? { cmd: value } : { cmd: wrapper, operation: value };
    // The two programs may take the same for different things.
    const names = [commandOf(message, 'linux'), commandOf(message, 'android')].flatMap((name) => name ?? []);
    for (const name of names) found.add(name);
    const like = names.length === 0 ? commandNames.find((one) => rowOf(one).like(message)) : undefined;
    if (like !== undefined) found.add(like);
  }
  return [...found];
}

const membersOf = (text: string): readonly RegExpExecArray[] => [...text.matchAll(said)];

const withoutComments = (text: string): string => text.replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, '');

/** As JSON means them; where letters are meant by their numbers too. */
const withoutEscapes = (text: string): string =>
  text
    .replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\[bfnrt]/g, ' ');
