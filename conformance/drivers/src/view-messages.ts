type Json = Readonly<Record<string, unknown>>;

/**
 * A request body as far as it is compared: the model, and the messages in a form in which equal ones look equal. Text
 * is the same as one part or as a string, arguments of tool calls are compared as JSON, and members that only number
 * or name the kind of a tool call are left out.
 */
export function viewBody(body: unknown): unknown {
  if (!isJson(body)) return body;
  const { model, messages, input } = body;
  const sent = messages ?? (isJson(input) ? input.messages : undefined);
  return {
    ...(model !== undefined && { model }),
    ...(Array.isArray(sent) && { messages: sent.map(viewMessage) }),
  };
}

/**
 * The messages of one body, or those of another that say the same: each of them must be there, in order, with all that
 * it says; what a client adds to them is its own affair.
 */
export function alikeMessages(expected: unknown, actual: unknown): unknown {
  if (!isJson(expected) || !isJson(actual)) return actual;
  const { messages: wanted } = expected;
  const { messages: sent } = actual;
  if (!Array.isArray(wanted) || !Array.isArray(sent)) return actual;
  let next = 0;
  for (const message of sent) if (next < wanted.length && says(wanted[next], message)) next += 1;
  return next === wanted.length ? { ...actual, messages: wanted } : actual;
}

/** Whether all of one value is said by another: text contains text, objects may have more members. */
function says(expected: unknown, actual: unknown): boolean {
  if (typeof expected === 'string' && expected !== '') {
    return typeof actual === 'string' && actual.includes(expected);
  }
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) &&
      actual.length === expected.length &&
      expected.every((item, position) => says(item, actual[position]))
    );
  }
  if (isJson(expected)) {
    return isJson(actual) && Object.entries(expected).every(([name, value]) => says(value, actual[name]));
  }
  return expected === actual;
}

function viewMessage(message: unknown): unknown {
  if (!isJson(message)) return message;
  const { content, tool_calls: calls, ...rest } = message;
  return {
    ...rest,
    content: viewContent(content),
    ...(Array.isArray(calls) && calls.length > 0 && { tool_calls: calls.map(viewCall) }),
  };
}

function viewContent(content: unknown): unknown {
  if (!Array.isArray(content)) return content;
  const texts = content.map((part: unknown) =>
    isJson(part) && typeof part.text === 'string' ? part.text : undefined,
  );
  return texts.includes(undefined) ? content : texts.join('');
}

function viewCall(call: unknown): unknown {
  if (!isJson(call) || !isJson(call.function)) return call;
  return { id: call.id, name: call.function.name, arguments: parsed(call.function.arguments) };
}

function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return text;
  }
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
