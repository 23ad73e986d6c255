export type { Catalog, CatalogOptions, KnownModel } from './create-catalog.ts';
export { catalog, createCatalog } from './create-catalog.ts';
export type { CatalogEntry, FactSource, ModelFacts, ModelPattern } from './model-facts.ts';
export type { RepairOptions } from './repair-requests.ts';
export { repairRequests } from './repair-requests.ts';
