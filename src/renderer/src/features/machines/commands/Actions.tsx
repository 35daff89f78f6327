import { Button, Group, Menu, Popover, Tooltip } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconClockHour4, IconDots } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useRef } from 'react';
import { commandNames, type CommandName } from '#shared/commands/index';
import { chosenOf, initialOf } from '#shared/commands/kit/fields';
import { isOnPlatform, rowOf } from '#shared/commands/kit/rows';
import type { MachineRow } from '#shared/model/machine';
import { useGive } from '../../../bridge/commands';
import { useRequest } from '../../../bridge/request';
import { askAgain, useConfig, useCrema, wantCommand } from '../../../store';
import { isCapture } from '../../../store/source';
import { commandedSite, isSite } from '../../../store/sites';
import { nothingSentWords } from '../../../text/captureWords';
import { isSentAtOnce } from '../../../store/unasked';
import { useWords } from '../../../text/useWords';
import { ErrorNote } from '../../../ui/ErrorNote';
import { focusTitle } from '../../../ui/focusTitle';
import type { Question } from './forms/types';
import { useAgainst, type Hindrance } from './hindrance';
import { iconOf } from './own';
import classes from './Actions.module.css';

/** In the order of a technician's work. */
const first = commandNames.filter((name) => rowOf(name).offered === 'button');
const later = commandNames.filter((name) => rowOf(name).offered === 'menu');

/** px of a button in either language; buttons without space move into the menu. */
const buttonWidth = 92;

/** Inside the main landmark. */
const inMain = { target: 'main' };

interface ActionsProps {
  readonly row: MachineRow;
  readonly onAsk: (question: Question) => void;
}

/** The machine's commands. Impossible ones stay visible, with the reason. */
export function Actions({ row, onAsk }: ActionsProps) {
  const { t } = useWords();
  const { vmcNo } = row;
  const { ref, width } = useElementSize();
  const send = useGive();
  const against = useAgainst(row);
  const hindrance = (name: CommandName): Hindrance | null => against(name).refused;
  const unasked = useCrema((s) => s.unasked);
  const isOfSite = useCrema(isSite);
  const inCapture = useCrema((s) => isCapture(s) && commandedSite(s) === null);
  const config = useConfig(vmcNo);
  const room =
    width === 0 ? first.length : Math.min(first.length, Math.max(2, Math.floor(width / buttonWidth) - 1));
  const waits = row.online || inCapture ? null : t('control.waits');
  const give = (name: CommandName): void => {
    const { fields } = rowOf(name);
    const isPlain = against(name).reasons.length === 0;
    if (isPlain && !isOfSite && fields !== null && isSentAtOnce(name, row, unasked, Date.now()))
      void send.give(vmcNo, name, { ...initialOf(fields), ...chosenOf(fields, config) });
    else onAsk({ what: 'command', name, input: null });
  };
  const group = useRef<HTMLDivElement>(null);
  const wanted = useCrema((s) => s.wantedCommand);
  const giveWanted = useEffectEvent(give);
  useEffect(() => {
    if (wanted === null) return;
    wantCommand(null);
    // In the list beside the page, Escape would leave the page after it has closed the question.
    if (wanted.opensPage) focusTitle(group.current?.closest('header') ?? null);
    giveWanted(wanted.name);
  }, [wanted]);
  const shown = first.slice(0, room);
  const offered = [...first.slice(room), ...later].filter((name) => isOnPlatform(name, row.platform));
  return (
    <div ref={ref}>
      <Group
        ref={group}
        gap="sm"
        role="group"
        aria-label={t('machine.actions')}
        className={classes['actions']}
      >
        {shown.map((name) => {
          const Icon = waits === null ? iconOf(name) : IconClockHour4;
          return (
            <Action
              key={name}
              label={t(`command.${name}.name`)}
              icon={<Icon size={14} aria-hidden />}
              hindrance={hindrance(name)}
              waits={waits}
              onClick={() => give(name)}
            />
          );
        })}
        <Menu
          withInitialFocusPlaceholder={false}
          portalProps={inMain}
          position="bottom-end"
          shadow="md"
          width={270}
        >
          <Menu.Target>
            <Button variant="default" leftSection={<IconDots size={14} aria-hidden />}>
              {t('control.more')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown mah="75vh" style={{ overflowY: 'auto' }}>
            {offered.map((name) => (
              <Item
                key={name}
                label={t(`command.${name}.name`)}
                hindrance={hindrance(name)}
                onClick={() => give(name)}
              />
            ))}
            <NeedsOther platform={row.platform} />
            <Menu.Divider />
            <LinkItems row={row} onAsk={onAsk} />
          </Menu.Dropdown>
        </Menu>
        <Reasons names={shown} hindrance={hindrance} waits={waits} />
      </Group>
      <UnaskedNotes vmcNo={vmcNo} />
      <ErrorNote error={send.error} />
    </div>
  );
}

/** The number of commands that the machine's program lacks. */
function NeedsOther({ platform }: Pick<MachineRow, 'platform'>) {
  const { t } = useWords();
  const count = later.filter((name) => !isOnPlatform(name, platform)).length;
  if (platform === null || count === 0) return null;
  const other = platform === 'linux' ? 'android' : 'linux';
  return <p className={classes['needs']}>{t(`control.needs.${other}`, { count })}</p>;
}

interface ReasonsProps {
  readonly names: readonly CommandName[];
  readonly hindrance: (name: CommandName) => Hindrance | null;
  readonly waits: string | null;
}

/** Why buttons are disabled: each reason once, with the buttons' names. Before that, why all commands wait. */
function Reasons({ names, hindrance, waits }: ReasonsProps) {
  const { t } = useWords();
  const byReason = new Map<string, string>();
  for (const name of names) {
    const reason = hindrance(name)?.reason;
    if (reason === undefined) continue;
    const known = byReason.get(reason);
    const label = t(`command.${name}.name`);
    byReason.set(reason, known === undefined ? label : known + t('packages.comma') + label);
  }
  const reasons = [...byReason].map(([reason, labels]) => t('control.reasonOf', { names: labels, reason }));
  const sentences = waits === null ? reasons : [waits, ...reasons];
  if (sentences.length === 0) return null;
  const text = sentences.reduce((a, b) => t('packages.sentences', { a, b }));
  return (
    <span className={classes['reasons']} title={text}>
      {text}
    </span>
  );
}

/** Actions on the connection, not on the machine. */
function LinkItems({ row, onAsk }: ActionsProps) {
  const { t } = useWords();
  const { vmcNo, online } = row;
  const direct = useCrema((s) => s.settings.directLink);
  const serve = useRequest('setDirectLink');
  const isOfSite = useCrema(isSite);
  const ofCapture = useCrema(isCapture) ? { reason: nothingSentWords({ t }, isOfSite) } : null;
  return (
    <>
      {direct?.vmcNo === vmcNo ? (
        <Item
          label={t('directLink.all')}
          hindrance={ofCapture}
          onClick={() => void serve.run({ link: null, host: null })}
        />
      ) : (
        <Item
          label={t('directLink.only')}
          hindrance={ofCapture}
          onClick={() => onAsk({ what: 'directLink' })}
        />
      )}
      <Item
        label={t('machine.disconnect')}
        hindrance={ofCapture ?? (online ? null : { reason: t('machine.disconnectOff') })}
        onClick={() => onAsk({ what: 'disconnect' })}
      />
      <Item
        label={t('machine.forget')}
        hindrance={ofCapture ?? (online ? { reason: t('machine.forgetOn') } : null)}
        onClick={() => onAsk({ what: 'forget' })}
      />
    </>
  );
}

interface ItemProps {
  readonly label: string;
  readonly hindrance?: Hindrance | null;
  readonly onClick: () => void;
}
function Item({ label, hindrance = null, onClick }: ItemProps) {
  const way = hindrance?.way;
  return (
    <Menu.Item
      disabled={hindrance !== null && way === undefined}
      onClick={way === undefined ? onClick : way.go}
    >
      {label}
      {hindrance !== null && <div className={classes['reason']}>{hindrance.reason}</div>}
    </Menu.Item>
  );
}

interface ActionProps extends ItemProps {
  readonly icon: React.ReactNode;
  /** Why the command would wait; `null`: it is sent at once. */
  readonly waits: string | null;
}
function Action({ label, icon, hindrance = null, waits, onClick }: ActionProps) {
  if (hindrance === null)
    return (
      <Button
        variant="default"
        leftSection={icon}
        {...(waits !== null && { className: classes['waits'] ?? '', 'aria-description': waits })}
        onClick={onClick}
      >
        {label}
      </Button>
    );
  const { reason, way } = hindrance;
  const button = (
    <Button
      variant="default"
      leftSection={icon}
      data-disabled
      aria-disabled
      aria-description={reason}
      onClick={(event) => event.preventDefault()}
    >
      {label}
    </Button>
  );
  if (way === undefined) return <Tooltip label={reason}>{button}</Tooltip>;
  return (
    <Popover position="bottom" withArrow shadow="md" width={260} trapFocus returnFocus portalProps={inMain}>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={icon}
          className={classes['hindered'] ?? ''}
          aria-description={reason}
          title={reason}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <p>{reason}</p>
        <Button mt="sm" onClick={way.go}>
          {way.label}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Commands of this machine that need no confirmation now, until when, and a button to end this. */
function UnaskedNotes({ vmcNo }: { readonly vmcNo: number }) {
  const words = useWords();
  const { t } = words;
  const unasked = useCrema((s) => s.unasked);
  const mine = unasked.filter((one) => one.vmcNo === vmcNo);
  return (
    <div aria-live="polite">
      {mine.map(({ name, until }) => (
        <p key={name} className={classes['unasked']}>
          {t('control.unasked', { name: t(`command.${name}.name`), time: words.clock(until).slice(0, 5) })}
          <Button size="compact-xs" variant="default" onClick={() => askAgain(vmcNo, name)}>
            {t('control.askAgain')}
          </Button>
        </p>
      ))}
    </div>
  );
}
