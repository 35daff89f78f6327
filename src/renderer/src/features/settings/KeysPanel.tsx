import { useWords } from '../../text/useWords';
import { KeyTable } from '../../ui/KeyTable';
import { Panel } from '../../ui/Panel';

export function KeysPanel() {
  const { t } = useWords();
  return (
    <Panel title={t('keys.title')}>
      <KeyTable />
    </Panel>
  );
}
