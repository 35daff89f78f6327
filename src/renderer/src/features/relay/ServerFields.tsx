import { defaultListen } from '#shared/model/settings';
import type { DialTarget } from '#shared/model/dial';
import { useWords } from '../../text/useWords';
import { TargetFields } from '../../ui/TargetFields';
import { readTarget, type TypedTarget } from '../../ui/typedTarget';

/** The port of an address without one, as machines append it. */
const usualPort = defaultListen.machines.port;

export const readServer = (typed: TypedTarget): DialTarget | 'host' | 'port' => readTarget(typed, usualPort);

interface ServerFieldsProps {
  readonly typed: TypedTarget;
  readonly wrong: 'host' | 'port' | null;
  readonly onType: (patch: Partial<TypedTarget>) => void;
}

/** The address of a server. */
export function ServerFields({ typed, wrong, onType }: ServerFieldsProps) {
  const { t } = useWords();
  return (
    <TargetFields
      typed={typed}
      onType={onType}
      host={{
        label: t('relay.host'),
        placeholder: '10.0.0.9',
        error: wrong === 'host' ? t('relay.hostWrong') : null,
      }}
      port={{
        label: t('relay.port'),
        placeholder: String(usualPort),
        error: wrong === 'port' ? t('relay.portWrong') : null,
      }}
    />
  );
}
