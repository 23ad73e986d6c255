import type { DeploymentScope, PriceTable } from '../price-table.ts';
import { beijing } from './beijing.ts';
import { april2025, december2024 } from './history.ts';
import { eu, global, us } from './other-scopes.ts';
import { singapore } from './singapore.ts';

/** All tables of this package. */
export const documentedPrices: readonly PriceTable[] = [
  beijing,
  singapore,
  us,
  eu,
  global,
  april2025,
  december2024,
];

/**
 * Regions where the scope is a setting of each workspace, so that the region does not tell the price. In Virginia the
 * model's name tells it.
 *
 * @see https://www.alibabacloud.com/help/en/model-studio/regions
 */
export const scopeOfWorkspace: Readonly<Record<string, readonly DeploymentScope[]>> = {
  'eu-central-1': ['eu', 'global'],
};
