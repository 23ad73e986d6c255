/** What a wire, or a client in the conformance suite, may or may not be able to do. */
export const capabilityKeys = [
  'text',
  'streaming',
  'image-input',
  'video-input',
  'audio-input',
  'tools',
  'parallel-tool-calls',
  'json-mode',
  'json-schema',
  'thinking',
  'web-search',
  'search-sources',
  'logprobs',
  'multiple-choices',
  'workspace-routing',
  'cancellation',
] as const;

export type CapabilityKey = (typeof capabilityKeys)[number];

/** Either able, or not, with the reason. */
export type Support = true | { readonly supported: false; readonly because: string };

/** Every key is stated; there is no default. */
export type Capabilities = Readonly<Record<CapabilityKey, Support>>;
