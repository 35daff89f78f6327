import type { CremaApi } from '#shared/contract/requests';

declare global {
  interface Window {
    readonly crema: CremaApi;
  }
}
