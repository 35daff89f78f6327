/** Waits for another thread as long as it answers. A thread that hangs would be waited for in vain. */

/** ms in which any thread answers a trivial query, however busy it is. */
const usualPatience = 10_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

/** `ask`: a trivial query; a refusal counts as an answer. @throws Error when the answers stop */
export async function whileAnswering<T>(
  work: Promise<T>,
  ask: () => Promise<unknown>,
  patience = usualPatience,
): Promise<T> {
  const ended = become(work, 'ended');
  for (;;) {
    const first = await Promise.race([ended, become(ask(), 'answered'), become(pause(patience), 'silent')]);
    if (first === 'silent') throw new Error('the thread does not answer');
    const next = first === 'ended' ? first : await Promise.race([ended, pause(patience)]);
    if (next === 'ended') return work;
  }
}

const become = <Word extends string>(what: Promise<unknown>, word: Word): Promise<Word> =>
  what.then(
    () => word,
    () => word,
  );
