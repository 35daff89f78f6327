import { useCrema, wantSetting } from '../../store';
import { formatRoute } from '../../store/route';
import { useWords } from '../../text/useWords';

/** The limit of the download rate, if any. */
export function RateNote() {
  const { t } = useWords();
  const all = useCrema((s) => s.settings.rateInAll);
  const machine = useCrema((s) => s.settings.ratePerMachine);
  if (all === 'none' && machine === 'none') return null;
  const which = machine === 'none' ? 'all' : all === 'none' ? 'machine' : 'both';
  return (
    <p className="dim">
      {t(`upgrades.limits.${which}`, { all, machine })}{' '}
      <a href={formatRoute({ screen: 'settings' })} onClick={() => wantSetting('rateInAll')}>
        {t('upgrades.limits.change')}
      </a>
    </p>
  );
}
