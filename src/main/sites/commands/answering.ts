/** The end of a site: takes support's questions about commands from the broker and answers them. Main decides about each. */
import type { Msg, NatsConnection } from '@nats-io/transport-node';
import type { CommandName } from '#shared/commands/index';
import {
  commandOfSubject,
  commandSubjects,
  decodeQuestion,
  encodeAnswer,
  type SiteAnswer,
  type SiteQuestion,
} from '../wire/command';

/** A question about a command to this machine. */
export interface AskedCommand {
  readonly vmcNo: number;
  readonly name: CommandName;
  readonly question: SiteQuestion;
}

/** [ours] Questions that are being answered; further ones are refused at once. */
const mostAtOnce = 50;
/** Support's replies have this prefix. Another reply subject could be a command to the broker, which permits some to a site. */
const replies = '_INBOX_desk.';

const refused = (code: 'siteOtherVersion' | 'siteBusy'): SiteAnswer => ({
  state: 'refused',
  error: { code, params: {} },
});

/** Answers until the connection ends. `decide`: `null` without an answer. */
export function answerCommands(
  connection: Pick<NatsConnection, 'subscribe'>,
  decide: (asked: AskedCommand) => Promise<SiteAnswer | null>,
): void {
  let open = 0;
  const answerOf = async (message: Msg): Promise<SiteAnswer | null> => {
    const command = commandOfSubject(message.subject);
    const question = decodeQuestion(message.data);
    if (command === null || question === null) return refused('siteOtherVersion');
    if (open >= mostAtOnce) return refused('siteBusy');
    open += 1;
    try {
      return await decide({ ...command, question });
    } catch {
      // Without an answer support asks again.
      return null;
    } finally {
      open -= 1;
    }
  };
  const take = async (message: Msg): Promise<void> => {
    const answer = await answerOf(message);
    if (answer !== null) message.respond(encodeAnswer(answer));
  };
  connection.subscribe(commandSubjects, {
    callback: (error, message) => {
      if (error === null && message.reply?.startsWith(replies) === true) void take(message);
    },
  });
}
