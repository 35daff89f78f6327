/** The state of the app for crash notes. */
import type { ListenerState } from '#shared/model/listener';
import type { Facts } from '../crashes/notes';
import { described } from '../../machines/api';
import type { Base } from './base';

export function crashFacts({ feed, screens }: Base): Facts {
  const machines = feed.rows('machines');
  const listeners = feed.value('listeners');
  const state = (listener: ListenerState): string =>
    listener.status === 'off' ? 'off' : described(listener);
  return {
    listeners: {
      machines: state(listeners.machines),
      updates: state(listeners.updates),
      notices: state(listeners.notices),
    },
    machines: { known: machines.length, online: machines.filter(({ online }) => online).length },
    commands: feed.rows('running').length,
    virtual: feed.value('simulator').running,
    journal: feed.value('journal').status,
    screens: screens(),
  };
}
