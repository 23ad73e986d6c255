import { expect, test } from 'vitest';
import { inlineMedia } from './media.ts';
import type { UserPart } from './message.ts';

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);

async function inline(part: UserPart): Promise<unknown> {
  const request = await inlineMedia({ model: 'm', messages: [{ role: 'user', content: [part] }] });
  return request.messages[0]?.content[0];
}

test('bytes become a data URL of the type that they show', async () => {
  expect(await inline({ type: 'image', image: png })).toEqual({
    type: 'image',
    image: 'data:image/png;base64,iVBORw==',
  });
});

test('a Blob keeps its own type', async () => {
  const part = await inline({ type: 'audio', audio: new Blob([png], { type: 'audio/ogg' }) });
  expect(part).toEqual({ type: 'audio', audio: 'data:audio/ogg;base64,iVBORw==' });
});

test('every frame of a film is inlined, addresses stay', async () => {
  const part = await inline({ type: 'video', video: [png, new URL('https://host.example/a.png')], fps: 2 });
  expect(part).toEqual({
    type: 'video',
    video: ['data:image/png;base64,iVBORw==', 'https://host.example/a.png'],
    fps: 2,
  });
});

test('bytes of an unknown format ask for their media type', async () => {
  await expect(inline({ type: 'image', image: new Uint8Array([1, 2, 3]) })).rejects.toMatchObject({
    kind: 'invalid-request',
    field: 'messages[0].content[0].image',
    message: expect.stringContaining('mediaType'),
  });
  expect(await inline({ type: 'image', image: new Uint8Array([1]), mediaType: 'image/heic' })).toMatchObject({
    image: 'data:image/heic;base64,AQ==',
  });
});

test('long bytes are encoded whole', async () => {
  const bytes = new Uint8Array(100_000).map((_, index) => index % 251);
  const part = await inline({ type: 'image', image: bytes, mediaType: 'image/png' });
  const { image } = part as { image: string };
  expect(Buffer.from(image.split(',')[1] ?? '', 'base64').equals(Buffer.from(bytes))).toBe(true);
});

test('what is larger than a request can hold is refused with the way out', async () => {
  const refusal = { kind: 'invalid-request', field: 'messages[0].content[0].image' };
  const bytes = new Uint8Array(8_000_000);
  await expect(inline({ type: 'image', image: bytes, mediaType: 'image/png' })).rejects.toMatchObject({
    ...refusal,
    message: expect.stringContaining('upload()'),
  });
  const image = `data:image/png;base64,${'A'.repeat(10_485_760)}`;
  await expect(inline({ type: 'image', image })).rejects.toMatchObject(refusal);
  expect(await inline({ type: 'image', image: image.slice(0, 10_485_760) })).toMatchObject({ type: 'image' });
});
