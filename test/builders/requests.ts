/** Requests to the real app, as its window makes them. */
import type { Args, ReplyValue, RequestName } from '#shared/contract/requests/index';
import type { TestApp } from './app';

export type Ask = <N extends RequestName>(name: N, args: Args<N>) => Promise<ReplyValue<N>>;

/** A refused request fails. */
export const askIn =
  ({ page }: Pick<TestApp, 'page'>): Ask =>
  async <N extends RequestName>(name: N, args: Args<N>): Promise<ReplyValue<N>> => {
    const reply = await page.evaluate(
      async ([verb, given]) => window.crema.request(verb as 'snapshot', given as undefined),
      [name, args] as [string, unknown],
    );
    if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`);
    return reply.value as ReplyValue<N>;
  };
