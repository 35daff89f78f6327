import { IconEraser } from '@tabler/icons-react';
import { useRequest } from '../../../bridge/request';
import { useWords } from '../../../text/useWords';
import { AskOnce } from '../../../ui/AskOnce';
import { ErrorNote } from '../../../ui/ErrorNote';

interface ForgetStrangersProps {
  readonly count: number;
  /** The button may be gone now. */
  readonly onDone: () => void;
}

/** Made-up numbers would stay on the list, one line each. */
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
