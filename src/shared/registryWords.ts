/** Column headings of the registry. Files contain them, so both languages are always accepted. */
import { machineSettingRows } from './model/machineSettings';
import type { RegistryKey } from './model/registry';

export interface Heading {
  readonly en: string;
  readonly zh: string;
  /** Other common headings, in lower case. */
  readonly others: readonly string[];
}

export const numberHeading: Heading = {
  en: 'Number',
  zh: '机器编号',
  others: [
    'vmc',
    'vmcno',
    'vmc_no',
    'vmc no',
    'machine',
    'machine number',
    'no',
    'no.',
    '编号',
    '机器号',
    '机号',
  ],
};

export const registryHeadings: Readonly<Record<RegistryKey, Heading>> = {
  name: { en: 'Name', zh: '名称', others: ['machine name', '机器名称'] },
  place: { en: 'Place', zh: '安装位置', others: ['location', 'site', '位置', '地点'] },
  model: { en: 'Model', zh: '机型', others: ['型号'] },
  notes: { en: 'Notes', zh: '备注', others: ['note', 'remarks', '说明'] },
  platform: { en: 'Machine program', zh: '机器程序', others: ['platform', 'program', '程序'] },
  head: { en: 'Frame head', zh: '帧头', others: ['head', '包头'] },
  replyProfile: { en: 'Answers', zh: '应答方式', others: ['replyprofile', 'reply profile'] },
  doorSpelling: { en: 'Door command', zh: '开门命令', others: ['doorspelling', 'door spelling'] },
  currency: { en: 'Currency', zh: '货币', others: ['币种'] },
  signPolicy: {
    en: 'If the verification code is wrong',
    zh: '验证码不符时',
    others: ['signpolicy', 'sign policy', 'if the sign is wrong', '签名不符时'],
  },
};

/** In the order of the machine's Settings tab. */
export const registryKeys = Object.keys(machineSettingRows).filter(
  (key): key is RegistryKey => key in registryHeadings,
);
