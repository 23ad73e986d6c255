export type { DashScopeClient, DashScopeOptions } from './create-dashscope.ts';
export { createDashScope } from './create-dashscope.ts';
export type { ModelPath } from './model-path.ts';
export type { UploadRequest, UploadResponse } from './upload.ts';
export { dashscope } from './wire-format.ts';
