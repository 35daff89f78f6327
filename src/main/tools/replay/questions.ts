/** Remembers recorded questions, so that each recorded answer is matched to a frame that the replay sends, or to another one. */
import { answersTo } from '#shared/messages/lookup';
import type { FrameEntry } from '#shared/model/frame';
import { cmdOfMessage } from '#shared/model/message';
import { readJson } from '../../core/protocol/json';
import { subjectOf } from './compare';

/** Questions kept; the oldest are dropped. */
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

  /** Whether the entry answers a frame that was sent: of the same order or record, else the first without an answer. */
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
