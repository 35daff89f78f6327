/** The possible commands in a text written by hand. Machines accept spellings that JSON.parse refuses. */
import { commandNames, type CommandName } from '../commands/index';
import { commandOf, rowOf } from '../commands/kit/rows';
import { wrapper } from '../commands/kit/wire';

/** Members that name the command, with or without quotation marks. */
const commandMember = /["']?(cmd|operation)\s*["']?\s*:\s*["']?\s*([\w ]*\w)/gi;

export function commandsIn(text: string): readonly CommandName[] {
  const found = new Set<CommandName>();
  const meant = withoutEscapes(text);
  // A comment may stand in between, but a similar text may be part of an address.
  for (const [, member = '', word = ''] of [meant, withoutComments(meant)].flatMap(membersOf)) {
    const value = word.toLowerCase();
    const message = member.toLowerCase() === 'cmd' ? { cmd: value } : { cmd: wrapper, operation: value };
    // The two programs may interpret the message differently.
    const names = [commandOf(message, 'linux'), commandOf(message, 'android')].flatMap((name) => name ?? []);
    for (const name of names) found.add(name);
    const like = names.length === 0 ? commandNames.find((one) => rowOf(one).like(message)) : undefined;
    if (like !== undefined) found.add(like);
  }
  return [...found];
}

const membersOf = (text: string): readonly RegExpExecArray[] => [...text.matchAll(commandMember)];

const withoutComments = (text: string): string => text.replace(/\/\*.*?\*\/|\/\/[^\n]*/gs, '');

/** Resolves escapes as in JSON, including escaped letters. */
const withoutEscapes = (text: string): string =>
  text
    .replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\[bfnrt]/g, ' ');
