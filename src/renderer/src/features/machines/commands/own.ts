/** Window parts of a command beyond its row. */
import {
  IconCoffee,
  IconDoor,
  IconDroplet,
  IconFileDownload,
  IconPackage,
  IconPlayerPlay,
  IconRefresh,
  IconTag,
  type Icon,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { CommandName } from '#shared/commands/index';
import type { Command } from '#shared/model/command';
import { FetchForm } from './forms/FetchForm';
import { PricesForm } from './forms/PricesForm';
import { PricesSent } from './forms/PricesSent';
import { RefillForm } from './forms/RefillForm';
import { UpgradeForm } from './forms/UpgradeForm';
import type { FormProps } from './forms/types';

interface Own {
  /** The icon of its button. */
  readonly icon?: Icon;
  readonly Form?: ComponentType<FormProps>;
  /** px */
  readonly formWidth?: number;
  /** The full input, for the opened command. */
  readonly Detail?: ComponentType<{ readonly command: Command }>;
}

const own: Readonly<Partial<Record<CommandName, Own>>> = {
  openDoor: { icon: IconDoor },
  makeDrink: { icon: IconCoffee },
  rinse: { icon: IconDroplet },
  reboot: { icon: IconRefresh },
  upgrade: { icon: IconPackage, Form: UpgradeForm },
  fetchFile: { icon: IconFileDownload, Form: FetchForm },
  refill: { Form: RefillForm, formWidth: 660 },
  setPrices: { icon: IconTag, Form: PricesForm, formWidth: 700, Detail: PricesSent },
};

const none: Own = {};
export const ownOf = (name: CommandName): Own => own[name] ?? none;
export const iconOf = (name: CommandName): Icon => ownOf(name).icon ?? IconPlayerPlay;
