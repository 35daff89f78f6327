import { Menu } from '@mantine/core';
import { useEffect, useState, type MouseEvent } from 'react';
import type { CommandName } from '#shared/commands/index';
import type { MachineRow } from '#shared/model/machine';
import { useRow, wantCommand } from '../../store';
import { useWords } from '../../text/useWords';
import { iconOf } from './commands/own';
import { useAgainst } from './commands/hindrance';
import classes from './MachineMenu.module.css';

/** The commands that a technician uses most. The machine's page has all. */
const offered = [
  'openDoor',
  'rinse',
  'makeDrink',
  'setPrices',
  'upgrade',
] as const satisfies readonly CommandName[];

/** The position of the menu in the window, px. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
  readonly vmcNo: number;
}

/** Opens the menu of the line under the pointer, or by keyboard that of the current line. */
export function useMachineMenu(): {
  readonly place: MenuPlace | null;
  readonly onContextMenu: (event: MouseEvent<HTMLElement>) => void;
  /** Opens it below an element, for keys. */
  readonly openAt: (vmcNo: number, element: Element) => void;
  /** A click on the dots of a line. */
  readonly onClickCapture: (event: MouseEvent<HTMLElement>) => void;
  readonly close: () => void;
} {
  const [place, setPlace] = useState<MenuPlace | null>(null);
  const open = (event: MouseEvent<HTMLElement>): void => {
    const pointed = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-vmc]') : null;
    const line = pointed ?? event.currentTarget.querySelector<HTMLElement>('[data-current] [data-vmc]');
    if (line === null) return;
    event.preventDefault();
    event.stopPropagation();
    const { left, bottom } = line.getBoundingClientRect();
    const at = pointed === null ? { x: left + 24, y: bottom } : { x: event.clientX, y: event.clientY };
    setPlace({ ...at, vmcNo: Number(line.dataset['vmc']) });
  };
  return {
    place,
    onContextMenu: open,
    openAt: (vmcNo, element) => {
      const { left, bottom } = element.getBoundingClientRect();
      setPlace({ x: left, y: bottom, vmcNo });
    },
    onClickCapture: (event) => {
      if (event.target instanceof Element && event.target.closest('[data-more]') !== null) open(event);
    },
    close: () => setPlace(null),
  };
}

interface MachineMenuProps {
  readonly place: MenuPlace;
  /** Shows the machine, whose page asks for the input of the chosen command. */
  readonly onChoose: (vmcNo: number) => void;
  readonly onClose: () => void;
}

export function MachineMenu({ place, onChoose, onClose }: MachineMenuProps) {
  const row = useRow(place.vmcNo);
  const isGone = row === undefined;
  useEffect(() => {
    if (isGone) onClose();
  }, [isGone, onClose]);
  return row === undefined ? null : (
    <OpenMenu place={place} row={row} onChoose={onChoose} onClose={onClose} />
  );
}

function OpenMenu({
  place: { x, y },
  row,
  onChoose,
  onClose,
}: MachineMenuProps & { readonly row: MachineRow }) {
  const { t } = useWords();
  const { vmcNo } = row;
  const against = useAgainst(row);
  const label = t('machines.menu', { vmcNo });
  return (
    <Menu
      opened
      closeOnEscape={false}
      onClose={onClose}
      withInitialFocusPlaceholder={false}
      // Inside the main landmark.
      portalProps={{ target: 'main' }}
      position="bottom-start"
      shadow="md"
      width={240}
      offset={2}
    >
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-label={label}
          className={classes['place']}
          style={{ left: x, top: y }}
        />
      </Menu.Target>
      <Menu.Dropdown
        aria-label={label}
        onKeyDownCapture={(event) => {
          if (event.key !== 'Escape') return;
          // Only for the menu, not for the list behind it.
          event.preventDefault();
          event.stopPropagation();
          onClose();
        }}
      >
        {offered.map((name) => {
          const Icon = iconOf(name);
          const hindered = against(name).refused;
          const way = hindered?.way;
          return (
            <Menu.Item
              key={name}
              leftSection={<Icon size={14} aria-hidden />}
              disabled={hindered !== null && way === undefined}
              onClick={() => {
                if (way !== undefined) return way.go();
                wantCommand(name);
                onChoose(vmcNo);
              }}
            >
              {t(`command.${name}.name`)}
              {hindered !== null && <div className={classes['reason']}>{hindered.reason}</div>}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
