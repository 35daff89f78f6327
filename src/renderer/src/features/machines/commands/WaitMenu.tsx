import { Button, Menu } from '@mantine/core';
import { day, minute } from '#shared/commands/kit/inputs';
import { longestQueued } from '#shared/commands/kit/rows';
import type { Command } from '#shared/model/command';
import { useRequest } from '../../../bridge/request';
import { commandWords } from '../../../text/commandWords';
import { useWords } from '../../../text/useWords';
import { ErrorNote } from '../../../ui/ErrorNote';

/** ms from now */
const waits = [minute, 10 * minute, 60 * minute, 8 * 60 * minute, day] as const;

/** Inside the main landmark. */
const inMain = { target: 'main' };

/** Sets how long an unsent command may wait for its machine. */
export function WaitMenu({ command }: { readonly command: Command }) {
  const words = useWords();
  const { t } = words;
  const set = useRequest('setCommandWait');
  if (command.state !== 'queued') return null;
  const { id } = command;
  const offered = waits.filter((wait) => wait <= longestQueued(command));
  return (
    <>
      <Menu withInitialFocusPlaceholder={false} portalProps={inMain} position="bottom-end" shadow="md">
        <Menu.Target>
          <Button
            size="compact-xs"
            variant="default"
            loading={set.busy}
            aria-label={t('control.list.changeWaitOf', { what: commandWords(words, command) })}
          >
            {t('control.list.changeWait')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {offered.map((wait) => (
            <Menu.Item key={wait} onClick={() => void set.run({ id, wait })}>
              {t('control.list.waitFrom', { time: words.duration(wait) })}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <ErrorNote error={set.error} />
    </>
  );
}
