import { createContext, use, useCallback, useState, type MouseEvent, type ReactNode } from 'react';
import { useWords } from '../../../text/useWords';
import { KeyValue } from '../../../ui/KeyValue';
import { ValueMenu } from './ValueMenu';
import type { Shown } from './values';
import classes from './Fact.module.css';

/** Opens the menu of these values at a position of the window. */
type AskMenu = (values: readonly Shown[], x: number, y: number) => void;
const MenuContext = createContext<AskMenu>(() => undefined);

/** One value menu for all children. */
export function ValueMenus({ children }: { readonly children: ReactNode }) {
  const { t } = useWords();
  const [menu, setMenu] = useState<{
    readonly values: readonly Shown[];
    readonly x: number;
    readonly y: number;
    readonly from: Element | null;
  } | null>(null);
  const ask = useCallback<AskMenu>(
    (values, x, y) => setMenu({ values, x, y, from: document.activeElement }),
    [],
  );
  return (
    <MenuContext value={ask}>
      {children}
      {menu !== null && (
        <ValueMenu
          label={t('frames.menu.ofValue')}
          {...menu}
          onClose={() => {
            setMenu(null);
            if (menu.from instanceof HTMLElement) menu.from.focus();
          }}
        />
      )}
    </MenuContext>
  );
}

/** Returns the handler that opens the values' menu: a right click on them, or the menu key within. */
export function useValueMenu(): (
  event: MouseEvent<HTMLElement>,
  values: readonly Shown[],
  /** The element with the values. */
  place?: Element | null,
) => void {
  const ask = use(MenuContext);
  return (event, values, place) => {
    const { left, bottom } = (place ?? event.currentTarget).getBoundingClientRect();
    event.preventDefault();
    event.stopPropagation();
    // For a key there is no pointer position, or it is elsewhere.
    const isPointed = event.type === 'contextmenu' && event.button === 2;
    ask(values, isPointed ? event.clientX : left, isPointed ? event.clientY : bottom);
  };
}

interface ValuesProps {
  readonly of: readonly Shown[];
  readonly children: ReactNode;
}
/** Displayed values, with a button to filter by them and copy them. */
export function Values({ of, children }: ValuesProps) {
  const { t } = useWords();
  const open = useValueMenu();
  const [first] = of;
  if (first === undefined) return children;
  const label = t('frames.menu.of', { text: first.text });
  return (
    <span className={classes['values']} onContextMenu={(event) => open(event, of)}>
      {children}
      <button
        type="button"
        className={classes['more']}
        aria-haspopup="menu"
        aria-label={label}
        title={label}
        onClick={(event) => open(event, of)}
      />
    </span>
  );
}

interface FactProps extends ValuesProps {
  readonly label: string;
}
/** One fact; hidden if its value is `null`. */
export function Fact({ label, of, children }: FactProps) {
  if (children === null || children === undefined || children === false) return null;
  return (
    <KeyValue label={label}>
      <Values of={of}>{children}</Values>
    </KeyValue>
  );
}
