/** Product number ranges of the two programs. */
import type { AppError } from '../../contract/errors';
import type { Platform } from '../../model/machine';

/** From 100 [doc 3.9]; on android 1 to 59999 [field]. */
export const productNumbers = (platform: Platform | null): { readonly min: number; readonly max: number } =>
  platform === 'android' ? { min: 1, max: 59_999 } : { min: 100, max: 999_999 };

/** Why a list of product numbers is invalid. */
export function productProblem(productIds: readonly number[], platform: Platform | null): AppError | null {
  const { min, max } = productNumbers(platform);
  const strange = productIds.find((id) => id < min || id > max);
  if (strange !== undefined) return { code: 'productNumber', params: { productId: strange, min, max } };
  const twice = productIds.find((id, at) => productIds.indexOf(id) < at);
  return twice === undefined ? null : { code: 'productTwice', params: { productId: twice } };
}
