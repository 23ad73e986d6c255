import { type ChatCall, mediaOf } from '../chat-call.ts';
import { invalidParameter } from '../refusal.ts';
import type { Studio } from '../studio.ts';

/**
 * Holds the files of the temporary store to the model that they were brought for.
 *
 * @throws Refusal 400; that they are kept for one model is documented, the words are those for other media.
 * @see https://www.alibabacloud.com/help/en/model-studio/get-temporary-file-url
 */
export function checkUploads(
  { messages, model }: ChatCall,
  { store, config, now }: Pick<Studio, 'store' | 'config' | 'now'>,
): void {
  const urls = messages.flatMap(mediaOf).flatMap((part) => part.urls);
  for (const url of urls.filter((address) => address.startsWith('oss://'))) {
    switch (store.find(url, { model: model.id, now: now() })) {
      case 'of-another-model':
        throw refusal("Don't have authorization to access the media resource.");
      case 'expired':
        throw refusal('Failed to download multimodal content.');
      case 'unknown':
        if (config.quirks.unknownUploads === 'refuse')
          throw refusal('Failed to download multimodal content.');
        break;
      case 'ready':
        break;
    }
  }
}

function refusal(message: string): Error {
  return invalidParameter(`<400> InternalError.Algo.InvalidParameter: ${message}`);
}
