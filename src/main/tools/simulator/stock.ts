/** Products, supplies and faults of virtual machines. Texts are those of real machines, not the app's. */

export interface Product {
  readonly id: number;
  readonly name: string;
  /** android's `nameKey`. */
  readonly key: string;
  /** fen */
  readonly price: number;
  /** Beans, sugar and water taken from the supplies. */
  readonly uses: Readonly<Record<string, number>>;
}

/** Material ids as seen on real machines: 10007 water, 10009 beans, 10016 sugar. */
export const fullSupplies = { '10007': 9000, '10009': 1500, '10016': 1200 } as const;

/** Amounts below these count as low. */
export const lowSupplies: Readonly<Record<keyof typeof fullSupplies, number>> = {
  '10007': 900,
  '10009': 150,
  '10016': 120,
};

const cup = (beans: number, sugar: number, water: number) => ({
  '10009': beans,
  '10016': sugar,
  '10007': water,
});

export const menu: readonly [Product, ...(readonly Product[])] = [
  { id: 701, name: 'Hot milk', key: 'hot_milk', price: 800, uses: cup(0, 4, 160) },
  { id: 702, name: '热巧克力', key: 'hot_chocolate', price: 1000, uses: cup(0, 8, 180) },
  { id: 801, name: '意式浓缩', key: 'espresso', price: 900, uses: cup(9, 0, 40) },
  { id: 803, name: 'Americano', key: 'americano', price: 900, uses: cup(9, 0, 200) },
  { id: 806, name: '卡布奇诺', key: 'cappuccino', price: 1200, uses: cup(9, 4, 140) },
  { id: 810, name: '拿铁', key: 'latte', price: 1000, uses: cup(9, 4, 120) },
];

export const productOf = (id: number): Product | null => menu.find((product) => product.id === id) ?? null;

/** An unknown product, with an empty name. */
export const unknownProduct = (id: number): Product => ({ id, name: '', key: '', price: 0, uses: {} });

export interface Fault {
  readonly code: string;
  readonly description: string;
  /** The machine makes no drinks while the fault is active [doc 3.4]. */
  readonly fatal: boolean;
  /** Survives a restart [doc 3.4]. */
  readonly persistent: boolean;
}

export const warnings: readonly [Fault, ...(readonly Fault[])] = [
  { code: 'WARNING:10009', description: '咖啡豆不足', fatal: false, persistent: false },
  { code: 'WARNING:10016', description: '糖不足', fatal: false, persistent: false },
  { code: 'warning:02', description: 'Water nearly empty', fatal: false, persistent: false },
  { code: 'warning:03', description: 'Cups nearly empty', fatal: false, persistent: false },
  { code: 'ERROR:CUP_01', description: '产品未取走', fatal: false, persistent: false },
];

export const breakdowns: readonly [Fault, ...(readonly Fault[])] = [
  { code: 'ERROR:5300', description: '缺杯子', fatal: true, persistent: false },
  { code: 'ERROR:5700', description: 'No coffee beans', fatal: true, persistent: false },
  { code: 'ERROR:5901', description: '净水缺乏1', fatal: true, persistent: false },
  { code: 'ERROR:5A00', description: 'Waste bin full', fatal: true, persistent: false },
  { code: 'ERROR:5B00', description: '接水盘未装好', fatal: true, persistent: false },
  { code: 'ERROR:7701', description: 'Coffee brewer movement error', fatal: true, persistent: true },
  { code: 'ERROR:1088', description: 'ES press motor blocked', fatal: true, persistent: true },
  { code: 'EC_2', description: 'No machine connected', fatal: true, persistent: true },
];
