/** Products on the customers' menu: the same row removes and restores them. */
import { z } from 'zod';
import { toText } from '../../messages/field';
import { asked } from './fields';
import { day, minute } from './inputs';
import { asBefore, compared } from './listed';
import { productProblem } from './products';
import { command } from './row';
import { remote } from './wire';

/** Limit of products per frame. */
const most = 100;

const input = z.strictObject({
  productIds: asked(z.array(z.int().min(1).max(999_999)).min(1).max(most), { suggests: 'products', most }),
});

export const menuCommand = (operation: 'productlock' | 'productunlock') =>
  command(input)({
    examples: [{ productIds: [101, 102] }],
    offered: 'menu',
    effects: ['relists'],
    ofOneBuild: true,
    wire: {
      linux: null,
      android: ({ productIds }, to) => ({
        ...remote(operation)(null, to),
        pid_list: productIds.join(','),
      }),
    },
    refuses: ({ productIds }, platform) => productProblem(productIds, platform),
    awaits: ({ productIds }) => productIds,
    steps: { menuListed: { listed: 2 }, menuDiffers: { productId: 801, differing: 2 } },
    remember: (_now, { productIds }, listed) =>
      asBefore(productIds, (id) => listed?.products.get(id)?.isOnMenu ?? null),
    onProducts: (_input, { awaited, input: facts }, listed) =>
      compared(awaited, {
        facts,
        says: (id) => listed.get(id)?.isOnMenu ?? null,
        wants: () => operation === 'productunlock',
        shown: 'menuListed',
        differs: 'menuDiffers',
        about: () => ({}),
        oneByOne: true,
      }),
    // No message reports it, only the notice over HTTP or the product list.
    expects: { linux: [], android: [{ within: 5 * minute, anyOf: [] }] },
    // The notice follows the action [field3].
    notice: () => 'done',
    slot: 'settings',
    queueFor: 10 * minute,
    lateFor: day,
    sameAs: ({ productIds }, other) => productIds.some((id) => other.productIds.includes(id)),
    says: ({ productIds }) => {
      const [first] = productIds;
      return productIds.length === 1 && first !== undefined
        ? ['one', { first }]
        : ['many', { count: productIds.length, list: productIds.join(', ') }];
    },
    virtual: {
      linux: null,
      android: {
        // The notice follows the action. An empty list gets no notice [field3].
        notifies: 'itself',
        acts: (vm, { pid_list: list = null }, notify) => {
          const productIds = (toText(list) ?? '').split(',').flatMap((id) => (id === '' ? [] : [Number(id)]));
          vm.inSlot(() => {
            vm.lock(productIds, operation === 'productlock');
            if (productIds.length > 0) notify(null);
          });
        },
      },
    },
  });
