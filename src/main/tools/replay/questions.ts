/** What was said on a recorded connection, so that each recorded answer is known to be one to a frame that was sent again, or to another. */
import { answersTo } from '#shared/messages/lookup';
import type { FrameEntry } from '#shared/model/frame';
import { cmdOfMessage } from '#shared/model/message';
import { readJson } from '../../core/protocol/json';
import { subjectOf } from './compare';

/** The oldest are forgotten. */
const mostQuestions = 200;

interface Question {
  readonly answers: readonly string[];
  readonly subject: string;
  readonly isSent: boolean;
  isAnswered: boolean;
}

export class Questions {
  #asked: Question[] = [];

  ask(entry: FrameEntry, isSent: boolean): void {
    const cmd = cmdOfMessage(entry.message);
    const answers = cmd === null ? [] : answersTo(entry.dir, cmd);
    if (answers.length === 0) return;
    this.#asked.push({ answers, subject: subjectOfEntry(entry), isSent, isAnswered: false });
    if (this.#asked.length > mostQuestions) this.#asked.shift();
  }

  /** Whether it answers one that was sent: of the same order or record, else the first that has no answer yet. */
  isAnswer(entry: FrameEntry): boolean {
    const cmd = cmdOfMessage(entry.message) ?? '';
    const subject = subjectOfEntry(entry);
    const possible = this.#asked.filter(
      (one) => one.answers.includes(cmd) && (subject === '' || one.subject === subject),
    );
    const question = possible.find(({ isAnswered }) => !isAnswered) ?? possible.at(-1);
    if (question === undefined) return false;
    question.isAnswered = true;
    return question.isSent;
  }
}

const subjectOfEntry = (entry: FrameEntry): string =>
  subjectOf(readJson(entry.text).json, cmdOfMessage(entry.message), entry.dir);
