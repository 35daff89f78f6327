import {
  IconAlertTriangle,
  IconArrowsExchange,
  IconCoffee,
  IconHelp,
  IconListCheck,
  IconListDetails,
  IconPackage,
  IconPlugConnected,
  IconReceipt,
  IconSettings,
} from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import { useCrema } from '../../store';
import { navigate } from '../../store/navigate';
import { firstOf, formatRoute, screens, type Route, type Screen } from '../../store/route';
import { useWords } from '../../text/useWords';
import { ariaKey, withKey } from '../../ui/keys';
import classes from './Rail.module.css';

const icons: Readonly<Record<Screen, Icon>> = {
  connect: IconPlugConnected,
  machines: IconCoffee,
  inspector: IconListDetails,
  errors: IconAlertTriangle,
  orders: IconReceipt,
  upgrades: IconPackage,
  relay: IconArrowsExchange,
  work: IconListCheck,
  settings: IconSettings,
  help: IconHelp,
};

/** The last viewed machine, live or in a capture, which Machines opens again. */
const lastMachines = new Map<number | null, Route>();
export function screenRoute(screen: Screen): Route {
  const last = screen === 'machines' ? lastMachines.get(useCrema.getState().source) : undefined;
  return last ?? firstOf(screen);
}
useCrema.subscribe(({ route, source }, before) => {
  if (route !== before.route && route.screen === 'machines') lastMachines.set(source, route);
});

export function Rail() {
  const { t } = useWords();
  const current = useCrema((state) => state.route.screen);
  return (
    <nav className={classes['rail']} aria-label={t('rail.label')}>
      {screens.map((screen) => {
        const Icon = icons[screen];
        return (
          <a
            key={screen}
            href={formatRoute(firstOf(screen))}
            className={classes['item']}
            aria-current={screen === current ? 'page' : undefined}
            aria-keyshortcuts={ariaKey(screen)}
            title={withKey(t(`rail.${screen}`), screen)}
            onClick={(event) => {
              event.preventDefault();
              navigate(screenRoute(screen));
            }}
          >
            <Icon size={20} stroke={1.6} aria-hidden />
            <span>{t(`rail.${screen}`)}</span>
          </a>
        );
      })}
    </nav>
  );
}
