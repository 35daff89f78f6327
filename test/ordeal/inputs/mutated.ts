/** Mutated inputs: whole inputs of a corpus with some bytes changed, cut, doubled, or replaced by parts of others. Fast enough for millions. */
import type { Random } from '../../../src/main/tools/simulator/random';

/** Bytes of one input at most. */
const longest = 65_536;
/** Inputs drawn from one corpus before a new corpus is made. */
const perCorpus = 50_000;

const odd = [
  '0',
  '-1',
  '4294967295',
  '9007199254740993',
  '1e999',
  '"',
  '\\',
  '{',
  '[',
  '\0',
  '\r\n',
  '\u202E',
  '\u001B[2J',
  '%00',
  ',,,,',
].map((text) => Buffer.from(text));
const bytes = [0, 1, 0x0a, 0x22, 0x7f, 0x80, 0xff] as const;

/** Gives a corpus, another one each time. */
export type Corpus = (turn: number) => readonly Buffer[];

export class Mutated {
  readonly #random: Random;
  readonly #corpus: Corpus;
  #all: readonly Buffer[] = [];
  #drawn = 0;

  constructor(random: Random, corpus: Corpus) {
    this.#random = random;
    this.#corpus = corpus;
  }

  next(): Buffer {
    if (this.#drawn % perCorpus === 0) this.#all = this.#corpus(this.#drawn / perCorpus);
    this.#drawn += 1;
    let input = this.#any();
    for (let left = this.#random.int(0, 4); left > 0; left -= 1) input = this.#changed(input);
    return input.subarray(0, longest);
  }

  #any(): Buffer {
    return this.#all[this.#random.int(0, this.#all.length - 1)] ?? Buffer.alloc(0);
  }

  #changed(input: Buffer): Buffer {
    const random = this.#random;
    const at = random.int(0, input.length);
    const end = Math.min(input.length, at + random.int(1, 40));
    const [before, after] = [input.subarray(0, at), input.subarray(end)];
    switch (random.int(0, 6)) {
      case 0: {
        const flipped = Buffer.from(input);
        if (at < flipped.length) flipped[at] = (flipped[at] ?? 0) ^ (1 << random.int(0, 7));
        return flipped;
      }
      case 1: {
        const set = Buffer.from(input);
        if (at < set.length) set[at] = random.pick(bytes);
        return set;
      }
      case 2:
        return Buffer.concat([before, after]);
      case 3:
        return Buffer.concat([input.subarray(0, end), input.subarray(at)]);
      case 4:
        return before;
      case 5:
        return Buffer.concat([before, odd[random.int(0, odd.length - 1)] ?? before, after]);
      default: {
        const other = this.#any();
        return Buffer.concat([before, other.subarray(random.int(0, other.length))]);
      }
    }
  }
}
