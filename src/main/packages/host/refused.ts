import type { PackageRefusal } from '#shared/model/upgrade';

/** The reason why a file is not accepted as a package. */
export class Refused extends Error {
  readonly reason: PackageRefusal;
  readonly params: Readonly<Record<string, string | number>>;

  constructor(reason: PackageRefusal, params: Readonly<Record<string, string | number>> = {}) {
    super(reason);
    this.reason = reason;
    this.params = params;
  }
}
