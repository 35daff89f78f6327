/** 已知机器出售的产品，以及自有产品表。 */
import { longestName, mostOwnProducts } from '#shared/limits';
import type { products as en } from '../en/products';
import type { Shape } from '../shape';

export const products: Shape<typeof en> = {
  products: {
    known: '已知这台机器出售的产品',
    nothing:
      '还不知道出售什么，请直接填写编号。来源有三：机器的订单、取回的产品列表、设置中的自有产品表；同时对多台机器时，只看自有产品表。',
    choose: '回车选第一个，方向键选其他。',
    noneNamed: '已知产品中没有“{{name}}”，请填写编号。',
    noPrices: '还不知道这台机器的价格，无法显示折后价。',
    resulting: '已知产品的折后价',
    from: { order: '订单', file: '产品列表', workshop: '自有产品表' },
    column: {
      product: '产品',
      price: '价格',
      after: '折后',
      source: '来源',
      number: '编号',
      name: '名称',
      fastcode: '口味码',
    },
    list: '自有产品表',
    note: '名称、价格和口味，对所有机器有效。机器的订单或产品列表若更新，以机器为准。',
    none: '还没有产品。可以添加在售产品，或从文件导入。',
    add: '添加产品',
    edit: '编辑产品 {{product}}',
    remove: '删除产品 {{product}}',
    removed: '已删除产品 {{product}}。',
    toFile: '导出为文件',
    fromFile: '从文件导入',
    written: '已保存为 {{file}}。',
    read: '{{file}}：新增{{added, number}}个，更改{{changed, number}}个，{{same, number}}个没有变化。',
    refused_other: '{{count, number}}个未导入，其余已导入：',
    refusedAt: '第{{line}}行，产品 {{product}}：{{why}}',
    refusedAtNoNumber: '第{{line}}行：{{why}}',
    why: {
      noEntry: '这不是一个产品。请写在花括号内，编号写作“product”。',
      noNumber: '缺少编号“product”，或不是 1 到 999999 的整数。',
      unknownMember: '产品没有“{{member}}”这一项；可用的有 product、name、fen（价格，单位为分）和 fastcode。',
      wrongValue: '“{{member}}”的值不正确。',
      tooLong: `名称超过${longestName}个字。`,
      twice: '文件前面已有这个编号，以第一个为准。',
      tooMany: `最多${mostOwnProducts}个产品。`,
    },
    form: {
      number: '产品编号',
      price: '价格（{{currency}}）',
      fastcodeNote: '浓度、奶、糖各一位，0 到 5，例如 322；留空则不指定。',
      save: '保存',
      cancel: '取消',
      numberWrong: '1 到 999999 的整数。',
      numberTaken: '表中已有这个产品，保存后会修改它。',
      nameWrong: `最多${longestName}个字。`,
      priceWrong: '例如 10.00，最高 100000.00',
      fastcodeWrong: '三位数字，每位 0 到 5，例如 322。',
      full: `最多${mostOwnProducts}个产品。`,
    },
  },
};
