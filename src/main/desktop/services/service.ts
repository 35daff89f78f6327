/** A service, and how the app builds, starts and stops all of them. */
import type { RequestName } from '#shared/contract/requests/index';
import type { ValuePart } from '#shared/contract/live';
import type { Requests } from '../ipc/requests';
import type { ValueSources } from '../ipc/feed';

/** `V`: the requests that the service answers. `P`: the live parts that it provides. */
export interface Service<V extends RequestName = never, P extends ValuePart<'desktop'> = never> {
  /** In the order of the list. */
  readonly start?: () => Promise<void>;
  /** In the reverse order. */
  readonly stop?: () => Promise<void>;
  readonly requests: Requests<V>;
  readonly live: Pick<ValueSources, P>;
}

/** A group of builders. None uses a service of its own group. */
type Row<Base, Above> = Readonly<Record<string, (base: Base, above: Above) => Service>>;
type Built<R> = { readonly [N in keyof R]: R[N] extends (...given: never) => infer S ? S : never };

/** The services so far, by name and in starting order. */
interface Composition<Base, Above> {
  readonly services: Above;
  /** Builds the next services. Each gets the base and the services so far: naming a later one does not compile. */
  readonly with: <R extends Row<Base, Above>>(row: R) => Composition<Base, Above & Built<R>>;
}

/** No services yet. */
export const compose = <Base>(base: Base) => composed(base, {});

const composed = <Base, Above>(base: Base, services: Above): Composition<Base, Above> => ({
  services,
  with: <R extends Row<Base, Above>>(row: R) => {
    const built = Object.entries(row).map(([name, build]) => [name, build(base, services)] as const);
    return composed(base, { ...services, ...(Object.fromEntries(built) as Built<R>) });
  },
});

/** The intersection of a union's members. */
type Each<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer A) => void ? A : never;
type Offers = Pick<Service, 'requests' | 'live'>;

/** The requests and live parts of all services, as one object each. */
export const together = <S extends Readonly<Record<string, Offers>>>(
  services: S,
): { readonly requests: Each<S[keyof S]['requests']>; readonly live: Each<S[keyof S]['live']> } => {
  const all = Object.values(services);
  return {
    requests: Object.assign({}, ...all.map(({ requests }) => requests)) as Each<S[keyof S]['requests']>,
    live: Object.assign({}, ...all.map(({ live }) => live)) as Each<S[keyof S]['live']>,
  };
};

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
export type Changed = (part: ValuePart<'desktop'>) => void;
