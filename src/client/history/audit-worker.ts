import type { AuditRequest } from './audit-messages.ts';
import { AuditService } from './serve-audit.ts';

const service = new AuditService((reply) => self.postMessage(reply));

self.onmessage = (event: MessageEvent<AuditRequest>) => service.receive(event.data);
