import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import { Dialog } from '../../ui/Dialog';
import { ReplaySetup } from './ReplaySetup';
import { ReplayView } from './ReplayView';

/** The replay of recorded frames: its setup, then its progress. */
export function ReplayDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const replay = useCrema((s) => s.replay);
  return (
    <Dialog title={t('replay.title')} size={replay === null ? 760 : 1_160} onClose={onClose}>
      {replay === null ? <ReplaySetup onClose={onClose} /> : <ReplayView replay={replay} />}
    </Dialog>
  );
}
