import type { CremaApi } from '#shared/contract/requests/index';

declare global {
  interface Window {
    readonly crema: CremaApi;
  }
}
