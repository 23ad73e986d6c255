/** What a wire, or a client in the conformance suite, may or may not be able to do. */
export const capabilityKeys = [
  'text',
  'streaming',
  'image-input',
  'video-input',
  'audio-input',
  'document-input',
  'document-addresses',
  'tools',
  'parallel-tool-calls',
  'json-mode',
  'json-schema',
  'partial',
  'cache-markers',
  'thinking',
  'web-search',
  'search-sources',
  'code-interpreter',
  'translation',
  'ocr',
  'audio-output',
  'logprobs',
  'multiple-choices',
  'embeddings',
  'embedding-options',
  'workspace-routing',
  'cancellation',
] as const;

export type CapabilityKey = (typeof capabilityKeys)[number];

/** Either able, or not, with the reason. */
export type Support = true | { readonly supported: false; readonly because: string };

/** Every key is stated; there is no default. */
export type Capabilities = Readonly<Record<CapabilityKey, Support>>;
