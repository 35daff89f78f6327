import { errorKey } from '#shared/errors/codes';
import type { OwnError, OwnErrors } from '#shared/model/ownErrors';
import { useRequest, type RequestState } from '../../../bridge/request';
import { useCrema } from '../../../store';

interface OwnErrorsChange extends Pick<RequestState<'setSettings'>, 'busy' | 'error'> {
  readonly own: OwnErrors;
  /** Whether it is kept; `null` takes the entry out. */
  readonly put: (code: string, entry: OwnError | null) => Promise<boolean>;
}

/** The workshop's entries, and how one of them is changed. */
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
