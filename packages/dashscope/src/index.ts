export type { DashScopeOptions } from './create-dashscope.ts';
export { createDashScope } from './create-dashscope.ts';
export type { ModelPath } from './model-path.ts';
export { dashscope } from './wire-format.ts';
