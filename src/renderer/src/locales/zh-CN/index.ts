/** 窗口文字，简体中文。为中国的技术人员而写，用厂家文档的术语，不是英文的翻译。 */
import type { en } from '../en';
import type { Shape } from '../shape';
import { adapters } from './adapters';
import { anyCommand } from './anyCommand';
import { audit } from './audit';
import { captures } from './captures';
import { catalogue } from './catalogue';
import { commands } from './commands';
import { compose } from './compose';
import { connect } from './connect';
import { connectWalk } from './connectWalk';
import { crash } from './crash';
import { detail } from './detail';
import { diagnosis } from './diagnosis';
import { dials } from './dials';
import { directLink } from './directLink';
import { errors } from './errors';
import { faults } from './faults';
import { files } from './files';
import { filter } from './filter';
import { findings } from './findings';
import { groups } from './groups';
import { help } from './help';
import { inspector } from './inspector';
import { journal } from './journal';
import { keys } from './keys';
import { machines } from './machines';
import { messages } from './messages';
import { orders } from './orders';
import { packages } from './packages';
import { palette } from './palette';
import { overview } from './overview';
import { orderTotals } from './orderTotals';
import { products } from './products';
import { replay } from './replay';
import { relay } from './relay';
import { settings } from './settings';
import { shell } from './shell';
import { sites } from './sites';
import { support } from './support';
import { tour } from './tour';
import { upgrades } from './upgrades';
import { virtualMachines } from './virtualMachines';
import { work } from './work';

export const zhCN: Shape<typeof en> = {
  ...adapters,
  ...anyCommand,
  ...audit,
  ...captures,
  ...catalogue,
  ...commands,
  ...compose,
  ...connect,
  ...connectWalk,
  ...crash,
  ...detail,
  ...dials,
  ...directLink,
  ...relay,
  ...diagnosis,
  ...errors,
  ...faults,
  ...files,
  ...filter,
  ...findings,
  ...groups,
  ...help,
  ...inspector,
  ...journal,
  ...keys,
  ...machines,
  ...messages,
  ...orders,
  ...packages,
  ...palette,
  ...overview,
  ...orderTotals,
  ...products,
  ...replay,
  ...settings,
  ...shell,
  ...sites,
  ...support,
  ...tour,
  ...upgrades,
  ...virtualMachines,
  ...work,
  finding: { ...findings.finding, ...messages.finding },
};
