import { errorKey } from '#shared/errors/codes';
import type { OwnError, OwnErrors } from '#shared/model/ownErrors';
import { useRequest, type RequestState } from '../../../bridge/request';
import { useCrema } from '../../../store';

interface OwnErrorsChange extends Pick<RequestState<'setSettings'>, 'busy' | 'error'> {
  readonly own: OwnErrors;
  /** Resolves to whether the change was stored; `null` removes the entry. */
  readonly put: (code: string, entry: OwnError | null) => Promise<boolean>;
}

/** The user's own entries, and the function to change one. */
export function useOwnErrors(): OwnErrorsChange {
  const own = useCrema((s) => s.settings.ownErrors);
  const { run, busy, error } = useRequest('setSettings');
  const put = (code: string, entry: OwnError | null): Promise<boolean> => {
    const key = errorKey(code);
    const others = Object.fromEntries(Object.entries(own).filter(([other]) => other !== key));
    return run({ ownErrors: entry === null ? others : { ...others, [key]: entry } });
  };
  return { own, put, busy, error };
}
