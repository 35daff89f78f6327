import { Menu } from '@mantine/core';
import { useEffect, useState, type MouseEvent } from 'react';
import type { MachineRow } from '#shared/model/machine';
import { useRow, wantCommand } from '../../store';
import { useWords } from '../../text/useWords';
import { iconOf } from './commands/own';
import { useAgainst } from './commands/hindrance';
import { rowCommands, type RowCommand } from './rowCommands';
import classes from './MachineMenu.module.css';

/** The position of the menu in the window, px. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
  readonly vmcNo: number;
}

/** Opens the menu of the line under the pointer, or by keyboard that of the current line. `onChoose`: shows the machine. */
export function useMachineMenu(onChoose: (vmcNo: number) => void): {
  readonly place: MenuPlace | null;
  readonly onContextMenu: (event: MouseEvent<HTMLElement>) => void;
  /** Opens it below an element, for keys. */
  readonly openAt: (vmcNo: number, element: Element) => void;
  /** A click on the dots of a line, or on a command beside them. */
  readonly onClickCapture: (event: MouseEvent<HTMLElement>) => void;
  /** Shows the machine, whose page asks for the input of the command. */
  readonly give: (vmcNo: number, name: RowCommand) => void;
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
  const give = (vmcNo: number, name: RowCommand): void => {
    wantCommand({ name, opensPage: false });
    onChoose(vmcNo);
  };
  return {
    place,
    onContextMenu: open,
    openAt: (vmcNo, element) => {
      const { left, bottom } = element.getBoundingClientRect();
      setPlace({ x: left, y: bottom, vmcNo });
    },
    onClickCapture: (event) => {
      if (!(event.target instanceof Element)) return;
      if (event.target.closest('[data-more]') !== null) open(event);
      const command = event.target.closest<HTMLElement>('[data-command]')?.dataset['command'];
      const name = rowCommands.find((one) => one === command);
      const vmcNo = Number(event.target.closest<HTMLElement>('[data-vmc]')?.dataset['vmc']);
      if (name === undefined) return;
      event.stopPropagation();
      give(vmcNo, name);
    },
    give,
    close: () => setPlace(null),
  };
}

interface MachineMenuProps {
  readonly place: MenuPlace;
  readonly onGive: (vmcNo: number, name: RowCommand) => void;
  readonly onClose: () => void;
}

export function MachineMenu({ place, onGive, onClose }: MachineMenuProps) {
  const row = useRow(place.vmcNo);
  const isGone = row === undefined;
  useEffect(() => {
    if (isGone) onClose();
  }, [isGone, onClose]);
  return row === undefined ? null : <OpenMenu place={place} row={row} onGive={onGive} onClose={onClose} />;
}

function OpenMenu({
  place: { x, y },
  row,
  onGive,
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
        {rowCommands.map((name) => {
          const Icon = iconOf(name);
          const hindered = against(name).refused;
          const way = hindered?.way;
          return (
            <Menu.Item
              key={name}
              leftSection={<Icon size={14} aria-hidden />}
              disabled={hindered !== null && way === undefined}
              onClick={() => {
                if (way === undefined) onGive(vmcNo, name);
                else way.go();
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
