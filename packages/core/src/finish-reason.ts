/** Why generation ended; a value that the service has not documented is `other`, and kept as `rawFinishReason`. */
export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'other';
