import { IconPlug, IconPlugOff, IconQuestionMark } from '@tabler/icons-react';
import type { AdapterLink } from '#shared/model/arrivals';
import { useCrema } from '../../store';
import { useWords } from '../../text/useWords';
import classes from './Connect.module.css';

const icons: Readonly<Record<AdapterLink['link'], typeof IconPlug>> = {
  up: IconPlug,
  down: IconPlugOff,
  unknown: IconQuestionMark,
};

/** The kind of adapter, and whether it has a link. */
export function AdapterState({ name }: { readonly name: string }) {
  const { t } = useWords();
  const adapter = useCrema((s) => s.network.find((one) => one.name === name));
  if (adapter === undefined) return null;
  const { kind, link } = adapter;
  const Icon = icons[link];
  return (
    <span className={classes['adapterState']} data-kind={kind} data-link={link}>
      {t(`adapters.kind.${kind}`)}
      <Icon size={13} aria-hidden /> {t(`adapters.link.${link}`)}
    </span>
  );
}
