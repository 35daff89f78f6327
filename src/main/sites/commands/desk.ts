/**
 * Support's end: gives a command to a machine of another site, and follows it until it has ended. Only the site judges whether a
 * command is done. The wait for an answer never leads to a second command: the site knows each request by its id.
 */
import { NoRespondersError, RequestError, TimeoutError, type NatsConnection } from '@nats-io/transport-node';
import { changesFor } from '#shared/commands/kit/judged';
import type { CommandName } from '#shared/commands/index';
import type { AppError } from '#shared/contract/errors';
import type { Command } from '#shared/model/command';
import { isGoing, type pause } from '../pause';
import { decideWithin } from './limits';
import {
  commandSubject,
  decodeAnswer,
  encodeQuestion,
  longestCommand,
  type SiteAnswer,
  type SiteAsk,
  type SiteQuestion,
} from '../wire/command';

/** A command that a person here wants to give to a machine of the site. */
export interface DeskWish extends Omit<SiteAsk, 'step'> {
  readonly vmcNo: number;
  readonly name: CommandName;
}

/** A command as the site knows it. `journal`: the name of its journal there. */
export interface GivenThere {
  readonly journal: string;
  readonly command: Command;
}

export interface DeskParts {
  /** `null`: no connection to the broker now. */
  readonly connection: () => Pick<NatsConnection, 'request'> | null;
  /** Writes the command as the site knows it. */
  readonly keep: (given: GivenThere) => void;
  /** ms that no set clock changes. */
  readonly steady: () => number;
  readonly pause: typeof pause;
}

/** [ours] ms for one answer, and between questions. */
const patience = 4_000;
const between = 1_000;
/** [ours] Unanswered questions after which the site counts as silent. */
const triesToAsk = 3;
/** [ours] ms for all questions before `give`. The site itself refuses before. */
const askFor = decideWithin + 15_000;
/** [ours] ms for which the desk asks what became of `give`. */
const settleFor = 60_000;
/** [ours] ms between questions about a command that has ended but may still change, at most. */
const longestBetween = 60_000;

const refusal = (code: AppError['code'], params: AppError['params'] = {}): AppError => ({ code, params });

/** `away`: nobody at the site listens. `silent`: no answer in time. `cutOff`: the broker can't be reached. */
type NoAnswer = 'away' | 'silent' | 'cutOff' | 'odd';
const noAnswers = {
  away: refusal('siteAway'),
  silent: refusal('siteSilent'),
  cutOff: refusal('siteCutOff'),
  odd: refusal('siteOtherVersion'),
} as const satisfies Record<NoAnswer, AppError>;

const isNoAnswer = (one: SiteAnswer | NoAnswer): one is NoAnswer => typeof one === 'string';

/** A site with a defect could answer with another command, whose outcome would be shown for this one. */
const isAbout = (
  answer: SiteAnswer,
  { vmcNo, name }: Pick<DeskWish, 'vmcNo' | 'name'>,
  { request }: SiteQuestion,
): boolean =>
  answer.state !== 'given' ||
  (answer.command.from?.request === request &&
    answer.command.vmcNo === vmcNo &&
    answer.command.name === name);

interface Followed {
  readonly vmcNo: number;
  readonly name: CommandName;
  /** As JSON. */
  known: string;
  /** ms of the steady clock: the next question, and the time after which an answer is the last one. */
  askAt: number;
  overAt: number;
}

export class Desk {
  readonly #parts: DeskParts;
  readonly #ending = new AbortController();
  readonly #asking = new Map<string, AbortController>();
  readonly #giving = new Set<Promise<void>>();
  readonly #followed = new Map<string, Followed>();
  #following: Promise<void> | null = null;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** Resolves when the site has given the command, or with the reason why not. */
  give(wish: DeskWish): Promise<Command | AppError> {
    const given = this.#give(wish);
    const settled = given.then(
      () => undefined,
      () => undefined,
    );
    this.#giving.add(settled);
    void settled.then(() => this.#giving.delete(settled));
    return given;
  }

  async #give({ vmcNo, name, ...ask }: DeskWish): Promise<Command | AppError> {
    const asked = { vmcNo, name };
    const { request } = ask;
    const question = { step: 'ask', ...ask } as const;
    if (encodeQuestion(question).length > longestCommand) return refusal('siteTooLong');
    if (this.#asking.has(request)) return refusal('siteBusy');
    const withdrawn = new AbortController();
    this.#asking.set(request, withdrawn);
    try {
      const allowed = await this.#allowed(asked, question, withdrawn.signal);
      return 'token' in allowed ? await this.#given(asked, request, allowed.token) : allowed;
    } finally {
      this.#asking.delete(request);
    }
  }

  /** Takes a request back that no person at the site has allowed yet. */
  withdraw(request: string): void {
    this.#asking.get(request)?.abort();
  }

  /** Follows a command that an earlier launch gave. */
  follow(command: Command): void {
    const { from, vmcNo, name } = command;
    if (from === undefined || changesFor(command) === 0) return;
    const now = this.#parts.steady();
    this.#followed.set(from.request, {
      vmcNo,
      name,
      known: JSON.stringify(command),
      askAt: now,
      overAt: now + changesFor(command),
    });
    this.#following ??= this.#followAll().finally(() => (this.#following = null));
  }

  /** Resolves when all that the site answered is kept: the next desk follows it. */
  async end(): Promise<void> {
    this.#ending.abort();
    for (const one of this.#asking.values()) one.abort();
    await Promise.all([...this.#giving, this.#following]);
  }

  async #ask(
    asked: Pick<DeskWish, 'vmcNo' | 'name'>,
    question: SiteQuestion,
  ): Promise<SiteAnswer | NoAnswer> {
    const connection = this.#parts.connection();
    if (connection === null) return 'cutOff';
    try {
      const reply = await connection.request(
        commandSubject(asked.vmcNo, asked.name),
        encodeQuestion(question),
        {
          timeout: patience,
        },
      );
      const answer = decodeAnswer(reply.data);
      return answer === null || !isAbout(answer, asked, question) ? 'odd' : answer;
    } catch (error) {
      const cause = error instanceof RequestError ? (error.cause ?? error) : error;
      if (cause instanceof NoRespondersError) return 'away';
      return cause instanceof TimeoutError ? 'silent' : 'cutOff';
    }
  }

  /** Asks until the site has decided. */
  async #allowed(
    asked: Pick<DeskWish, 'vmcNo' | 'name'>,
    question: SiteAsk,
    withdrawn: AbortSignal,
  ): Promise<{ readonly token: string } | AppError> {
    const end = this.#parts.steady() + askFor;
    let unanswered = 0;
    while (isGoing(withdrawn) && this.#parts.steady() < end) {
      const answer = await this.#ask(asked, question);
      if (isNoAnswer(answer)) {
        unanswered += 1;
        // Nothing was given so far: without an answer nothing is.
        if (answer !== 'silent' || unanswered >= triesToAsk) return noAnswers[answer];
        continue;
      }
      unanswered = 0;
      if (answer.state === 'refused') return answer.error;
      if (answer.state === 'allowed') return isGoing(withdrawn) ? answer : refusal('siteWithdrawn');
      if (answer.state !== 'waits') return noAnswers.odd;
      await this.#parts.pause(between, withdrawn);
    }
    void this.#ask(asked, { step: 'withdraw', request: question.request });
    return isGoing(withdrawn) ? noAnswers.silent : refusal('siteWithdrawn');
  }

  /**
   * From the first `give` on only the site knows what happened, so it is asked until it answers. A site that was started again
   * does not know whether the machine got a frame: `unknown` does not prove that nothing was sent.
   */
  async #given(
    asked: Pick<DeskWish, 'vmcNo' | 'name'>,
    request: string,
    token: string,
  ): Promise<Command | AppError> {
    const begun = this.#parts.steady();
    // The site gives it once, however often it is asked to.
    const question = { step: 'give', request, token } as const;
    while (this.#parts.steady() - begun < settleFor && isGoing(this.#ending.signal)) {
      const answer = await this.#ask(asked, question);
      if (!isNoAnswer(answer)) {
        if (answer.state === 'given') return this.#keep(answer);
        if (answer.state === 'refused') return answer.error;
      }
      await this.#parts.pause(between, this.#ending.signal);
    }
    return refusal('siteUnknown');
  }

  #keep({ journal, command }: GivenThere): Command {
    this.#parts.keep({ journal, command });
    this.follow(command);
    return command;
  }

  /** Keeps what the site knows now. Whether it is final. */
  #isFinal({ journal, command }: GivenThere, one: Followed): boolean {
    const now = this.#parts.steady();
    const known = JSON.stringify(command);
    const longest = changesFor(command);
    if (known !== one.known) {
      this.#parts.keep({ journal, command });
      one.known = known;
      // By the clock of this computer alone: the site's may be wrong.
      one.overAt = now + longest;
    }
    one.askAt = now + (longest === Infinity ? 0 : Math.min(longestBetween, longest / 10));
    return now >= one.overAt;
  }

  async #followAll(): Promise<void> {
    const { signal } = this.#ending;
    while (isGoing(signal) && this.#followed.size > 0) {
      for (const [request, one] of this.#followed) {
        if (!isGoing(signal)) return;
        if (this.#parts.steady() < one.askAt) continue;
        const answer = await this.#ask(one, { step: 'outcome', request });
        if (isNoAnswer(answer)) {
          // The site is asked again when it is there.
          await this.#parts.pause(patience, signal);
          continue;
        }
        if (answer.state !== 'given' || this.#isFinal(answer, one)) this.#followed.delete(request);
      }
      await this.#parts.pause(between, signal);
    }
  }
}
