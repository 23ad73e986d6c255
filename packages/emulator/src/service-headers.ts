export interface HeaderContext {
  readonly requestId: string;
  /** When the request arrived, in milliseconds since 1970. */
  readonly at: number;
  readonly now: number;
}

/** The headers that the service puts on every answer. */
export function serviceHeaders({ requestId, at, now }: HeaderContext): Readonly<Record<string, string>> {
  const cost = String(Math.max(0, Math.round(now - at)));
  return {
    'x-request-id': requestId,
    'req-arrive-time': String(at),
    'resp-start-time': String(now),
    'req-cost-time': cost,
    'x-envoy-upstream-service-time': cost,
    server: 'istio-envoy',
  };
}
