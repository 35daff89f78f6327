import type { Icon } from '@tabler/icons-react';
import { screenNames, screens, type Screen } from '#shared/screens';
import { useCrema } from '../../store';
import { navigate } from '../../store/navigate';
import { firstOf, formatRoute, type Route } from '../../store/route';
import { useWords } from '../../text/useWords';
import { ariaKey, withKey } from '../../ui/keys';
import classes from './Rail.module.css';

/** The last viewed machine, live or in a capture, which Machines opens again. */
const lastMachines = new Map<number | null, Route>();
export function screenRoute(screen: Screen): Route {
  const { source, allSites } = useCrema.getState();
  const last = screen === 'machines' && !allSites ? lastMachines.get(source) : undefined;
  return last ?? firstOf(screen);
}
useCrema.subscribe(({ route, source, allSites }, before) => {
  if (route !== before.route && route.screen === 'machines' && !allSites) lastMachines.set(source, route);
});

export function Rail({ icons }: { readonly icons: Readonly<Record<Screen, Icon>> }) {
  const { t, inLanguage } = useWords();
  const current = useCrema((state) => state.route.screen);
  return (
    <nav className={classes['rail']} aria-label={t('rail.label')}>
      {screenNames.map((screen) => {
        const Icon = icons[screen];
        return (
          <a
            key={screen}
            href={formatRoute(firstOf(screen))}
            className={classes['item']}
            aria-current={screen === current ? 'page' : undefined}
            aria-keyshortcuts={ariaKey(screen)}
            title={withKey(t, inLanguage(screens[screen].says), screen)}
            onClick={(event) => {
              event.preventDefault();
              navigate(screenRoute(screen));
            }}
          >
            <Icon size={20} stroke={1.6} aria-hidden />
            <span>{inLanguage(screens[screen].says)}</span>
          </a>
        );
      })}
    </nav>
  );
}
