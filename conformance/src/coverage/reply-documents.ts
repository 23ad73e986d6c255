/** The JSON in a reply: the whole body, or what each `data:` line of a stream holds. Other bodies have none. */
export function replyDocuments(body: Uint8Array): readonly unknown[] {
  const documents: unknown[] = [];
  editDocuments(body, (document) => {
    documents.push(document);
    return document;
  });
  return documents;
}

/** The same reply with its JSON edited; everything around it stays byte for byte. */
export function editDocuments(body: Uint8Array, edit: (document: unknown) => unknown): Uint8Array {
  // Lines may end in a CR or LF alone, and a byte-order mark is a part of the first.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
  const whole = parseJson(text);
  const edited = whole
    ? JSON.stringify(edit(whole.json))
    : text.replace(/^(\uFEFF?data: ?)([^\r\n]*)/gm, (line, start: string, data: string) => {
        const frame = parseJson(data);
        return frame ? start + JSON.stringify(edit(frame.json)) : line;
      });
  return new TextEncoder().encode(edited);
}

function parseJson(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
