/** What the parts of the app that the composition root starts and stops have in common. */
import type { RequestName } from '#shared/contract/requests/index';
import type { WholePart } from '#shared/contract/live';
import type { Requests } from '../ipc/requests';
import type { WholeSources } from '../ipc/feed';

/** `V`: the verbs of the contract that it answers. `P`: the live parts whose values it has. */
export interface Service<V extends RequestName = never, P extends WholePart = never> {
  /** In the order of the list. */
  readonly start?: () => Promise<void>;
  /** In the reverse order. */
  readonly stop?: () => Promise<void>;
  readonly requests: Requests<V>;
  readonly live: Pick<WholeSources, P>;
}

/** Of a union each member at once. */
type Each<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer A) => void ? A : never;
type Offers = Pick<Service, 'requests' | 'live'>;

/** What they answer and have the values of, all in one. */
export const together = <const S extends readonly Offers[]>(
  services: S,
): { readonly requests: Each<S[number]['requests']>; readonly live: Each<S[number]['live']> } => ({
  requests: Object.assign({}, ...services.map(({ requests }) => requests)) as Each<S[number]['requests']>,
  live: Object.assign({}, ...services.map(({ live }) => live)) as Each<S[number]['live']>,
});

export interface Order {
  /** One after the other; false: they were stopped meanwhile. */
  readonly start: () => Promise<boolean>;
  /** In the reverse order; one that can't be stopped does not keep the others from ending in order. */
  readonly stop: () => Promise<void>;
}

export function inOrder(
  services: readonly Pick<Service, 'start' | 'stop'>[],
  problem: (detail: string) => void,
): Order {
  let isStopping = false;
  return {
    start: async () => {
      for (const service of services) {
        await service.start?.();
        if (isStopping) return false;
      }
      return true;
    },
    stop: async () => {
      isStopping = true;
      for (const service of services.toReversed()) {
        try {
          await service.stop?.();
        } catch (error) {
          problem(`at the end: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        }
      }
    },
  };
}

/** Tells the feed that a part is to be sent anew. */
export type Changed = (part: WholePart) => void;
