/** The window's words, English. Written as a colleague would say it; zh-CN has the same keys, written on its own. */
import { anyCommand } from './anyCommand';
import { captures } from './captures';
import { commands } from './commands';
import { compose } from './compose';
import { connect } from './connect';
import { crash } from './crash';
import { detail } from './detail';
import { doctor } from './doctor';
import { errors } from './errors';
import { faults } from './faults';
import { filter } from './filter';
import { findings } from './findings';
import { help } from './help';
import { inspector } from './inspector';
import { journal } from './journal';
import { keys } from './keys';
import { machines } from './machines';
import { messages } from './messages';
import { orders } from './orders';
import { orderTotals } from './orderTotals';
import { settings } from './settings';
import { shell } from './shell';
import { support } from './support';
import { upgrades } from './upgrades';
import { virtualMachines } from './virtualMachines';

export const en = {
  ...anyCommand,
  ...captures,
  ...commands,
  ...compose,
  ...connect,
  ...crash,
  ...detail,
  ...doctor,
  ...errors,
  ...faults,
  ...filter,
  ...findings,
  ...help,
  ...inspector,
  ...journal,
  ...keys,
  ...machines,
  ...messages,
  ...orders,
  ...orderTotals,
  ...settings,
  ...shell,
  ...support,
  ...upgrades,
  ...virtualMachines,
  finding: { ...findings.finding, ...messages.finding },
} as const;
