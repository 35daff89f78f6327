/** Common members of the app's parts that the composition root starts and stops. */
import type { RequestName } from '#shared/contract/requests/index';
import type { WholePart } from '#shared/contract/live';
import type { Requests } from '../ipc/requests';
import type { WholeSources } from '../ipc/feed';

/** `V`: the requests that the service answers. `P`: the live parts that it provides. */
export interface Service<V extends RequestName = never, P extends WholePart = never> {
  /** In the order of the list. */
  readonly start?: () => Promise<void>;
  /** In the reverse order. */
  readonly stop?: () => Promise<void>;
  readonly requests: Requests<V>;
  readonly live: Pick<WholeSources, P>;
}

/** The intersection of a union's members. */
type Each<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer A) => void ? A : never;
type Offers = Pick<Service, 'requests' | 'live'>;

/** The requests and live parts of all services, as one object each. */
export const together = <const S extends readonly Offers[]>(
  services: S,
): { readonly requests: Each<S[number]['requests']>; readonly live: Each<S[number]['live']> } => ({
  requests: Object.assign({}, ...services.map(({ requests }) => requests)) as Each<S[number]['requests']>,
  live: Object.assign({}, ...services.map(({ live }) => live)) as Each<S[number]['live']>,
});

export interface Order {
  /** Starts one service after the other; false: they were stopped meanwhile. */
  readonly start: () => Promise<boolean>;
  /** In the reverse order. If a service can't be stopped, the others still end in order. */
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

/** Reports a part that the feed must send again. */
export type Changed = (part: WholePart) => void;
