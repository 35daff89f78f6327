import { IconEraser } from '@tabler/icons-react';
import { useRequest } from '../../../bridge/request';
import { useWords } from '../../../text/useWords';
import { AskOnce } from '../../../ui/AskOnce';
import { ErrorNote } from '../../../ui/ErrorNote';

interface ForgetStrangersProps {
  readonly count: number;
  /** Called when the button may be gone. */
  readonly onDone: () => void;
}

/** Removes invented machine numbers, which would otherwise stay on the list. */
export function ForgetStrangers({ count, onDone }: ForgetStrangersProps) {
  const { t } = useWords();
  const forget = useRequest('forgetStrangers');
  const run = async (): Promise<void> => {
    if (await forget.run({ most: count })) onDone();
  };
  return (
    <>
      {count > 0 && (
        <AskOnce
          label={t('overview.strangers.forget', { count })}
          size="compact-sm"
          icon={<IconEraser size={14} aria-hidden />}
          question={t('overview.strangers.ask', { count })}
          yes={t('machine.forget')}
          busy={forget.busy}
          onYes={() => void run()}
        />
      )}
      <ErrorNote error={forget.error} />
    </>
  );
}
