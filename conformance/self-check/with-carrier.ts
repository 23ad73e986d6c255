import type { Carrier } from '../src/carrier.ts';
import type { CarrierName } from '../src/case-schema.ts';
import type { ConformanceCase } from '../src/load-cases.ts';
import { startCarrier } from '../src/run-suite.ts';

/** Runs something on a carrier of its own. */
export async function withCarrier<Result>(
  name: CarrierName,
  run: (carrier: Carrier) => Promise<Result>,
): Promise<Result> {
  const carrier = await startCarrier(name);
  try {
    return await run(carrier);
  } finally {
    await carrier.stop();
  }
}

/** The carrier on which a case is proven; that both show a client the same is proven elsewhere. */
export function firstCarrier({ carriers }: ConformanceCase): CarrierName {
  return carriers[0] ?? 'intercept';
}
