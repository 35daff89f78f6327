/** Keeps the ends of the audit trail in the journal too. */
import type { AuditService } from './audit';
import type { Base } from './base';
import type { ServerService } from './server';
import type { Service } from './service';

export const anchoring = (
  _base: Base,
  { audit, server }: { readonly audit: AuditService; readonly server: ServerService },
): Service =>
  audit.anchoring({
    read: async () => (await server.journal()?.query('auditEnds', null)) ?? [],
    keep: async (end) => {
      if (server.report().isReadable) await server.call('keepAuditEnd', end);
    },
  });
