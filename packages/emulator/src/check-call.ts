import { type ChatCall, mediaOf, textOf, thinks } from './chat-call.ts';
import { checkMessages } from './check-messages.ts';
import { countInput } from './count-input.ts';
import { documented, invalidParameter } from './refusal.ts';

/**
 * Refuses what both wires refuse, in the service's words; a wire's own rules are its own.
 *
 * @throws Refusal
 * @see https://www.alibabacloud.com/help/en/model-studio/error-code
 */
export function checkCall(call: ChatCall): void {
  if (call.async) throw documented('async-not-supported');
  checkSpeech(call);
  if (call.model.streamOnly && !call.stream) {
    throw invalidParameter(
      'This model only support stream mode, please enable the stream parameter to access the model.',
    );
  }
  checkMessages(call);
  checkMedia(call);
  checkThinking(call);
  checkTools(call);
  checkChoices(call);
  checkTask(call);
  checkResponseFormat(call);
  checkLengths(call);
  if (call.search && !call.model.search) {
    throw invalidParameter(
      '<400> InternalError.Algo.InvalidParameter: This model does not support enable_search.',
    );
  }
}

function checkThinking(call: ChatCall): void {
  const { model, enableThinking, thinkingBudget, stream } = call;
  if (enableThinking === true && model.thinking === 'never') {
    throw invalidParameter(`The model ${model.id} does not support enable_thinking.`, {
      native: 'InvalidParameter.NotSupportEnableThinking',
      compatible: 'InvalidParameter.NotSupportEnableThinking',
    });
  }
  if (enableThinking === false && model.thinking === 'always') {
    throw invalidParameter('The value of the enable_thinking parameter is restricted to True.');
  }
  // Also when the model would think by its own default.
  if (thinks(call) && model.thinksOnlyStreamed && !stream) {
    throw invalidParameter('parameter.enable_thinking must be set to false for non-streaming calls');
  }
  if (thinkingBudget !== undefined && (thinkingBudget < 1 || thinkingBudget > model.maxThinking)) {
    throw invalidParameter(
      `The thinking_budget parameter must be a positive integer and not greater than ${model.maxThinking}`,
    );
  }
}

const toolName = /^[A-Za-z0-9_-]{1,64}$/;

function checkTools(call: ChatCall): void {
  const { model, tools, toolChoice } = call;
  if (tools.length > 0 && !model.tools) throw invalidParameter('The tool call is not supported.');
  for (const [index, { name }] of tools.entries()) {
    if (name === 'search') throw invalidParameter('Tool names are not allowed to be [search]');
    // The rule is documented, its words are not.
    if (!toolName.test(name))
      throw invalidParameter(`Required parameter(tools[${index}].function.name) missing or invalid`);
  }
  if (toolChoice === 'required' && !thinks(call)) {
    throw invalidParameter('tool_choice is one of the strings that should be ["none", "auto"]');
  }
  if ((toolChoice === 'required' || typeof toolChoice === 'object') && thinks(call)) {
    throw invalidParameter(
      'The tool_choice parameter does not support being set to required or object in thinking mode',
    );
  }
  if (typeof toolChoice === 'object' && !tools.some(({ name }) => name === toolChoice.name)) {
    throw invalidParameter('Required parameter(tool_choice.function.name) missing or invalid');
  }
}

// Several answers are for calls without tools and without thinking.
function checkChoices(call: ChatCall): void {
  const several = call.choices > 1;
  if (several && (call.tools.length > 0 || thinks(call)))
    throw invalidParameter('Range of n should be [1, 1]');
}

function checkSpeech({ speech, model, stream }: ChatCall): void {
  if (speech === undefined || !model.speaks) return;
  if (!stream) {
    throw invalidParameter(
      "<400> InternalError.Algo.InvalidParameter: 'audio' output only support with stream=true",
    );
  }
  if (!speech.voice) throw invalidParameter('Required parameter(audio.voice) missing or invalid');
}

function checkTask(call: ChatCall): void {
  const { model, translation, codeInterpreter, stream } = call;
  if (model.translates && translation === undefined) {
    throw invalidParameter(
      '<400> InternalError.Algo.InvalidParameter: Field required: parameters.translation_options',
    );
  }
  // That it needs both is documented, the words are not.
  if (codeInterpreter && !(thinks(call) && stream)) {
    throw invalidParameter('Required parameter(enable_code_interpreter) missing or invalid');
  }
}

function checkResponseFormat(call: ChatCall): void {
  const { responseFormat, model, messages } = call;
  if (responseFormat === 'text') return;
  if (thinks(call))
    throw invalidParameter('Json mode response is not supported when enable_thinking is true');
  if (typeof responseFormat === 'object') {
    if (!model.jsonSchema) throw unknownResponseFormat('json_schema');
    return;
  }
  const asking = messages.filter(({ role }) => role === 'system' || role === 'user');
  if (!asking.some((message) => /json/i.test(textOf(message)))) {
    throw invalidParameter(
      "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
    );
  }
}

/** 400 for a kind of response format that the model does not know. */
export function unknownResponseFormat(type: string): Error {
  return invalidParameter(
    `Unknown format of response_format, response_format should be a dict with 'type' of 'text' or 'json_object', not '${type}'.`,
  );
}

function checkLengths(call: ChatCall): void {
  const { model, maxTokens } = call;
  if (maxTokens !== undefined && (maxTokens < 1 || maxTokens > model.maxOutput)) {
    throw invalidParameter(`Range of max_tokens should be [1, ${model.maxOutput}]`);
  }
  if (countInput(call).inputTokens > model.maxInput) {
    throw invalidParameter(
      `<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, ${model.maxInput}]`,
    );
  }
}

const maxDataUrlLength = 10_485_760;

function checkMedia({ messages, resolvesOss }: ChatCall): void {
  for (const part of messages.flatMap(mediaOf)) {
    if (part.frames && (part.urls.length < 4 || part.urls.length > 512)) {
      throw invalidParameter('The sequence images should be (4, 512)');
    }
    for (const url of part.urls) {
      if (url.length > maxDataUrlLength && url.startsWith('data:')) {
        throw invalidParameter(`Exceeded limit on max bytes per data-uri item : ${maxDataUrlLength}`);
      }
      if (!isMediaUrl(url, resolvesOss)) {
        throw invalidParameter(
          'The provided URL does not appear to be valid. Ensure it is correctly formatted.',
        );
      }
    }
  }
}

function isMediaUrl(url: string, resolvesOss: boolean): boolean {
  if (url.startsWith('oss://')) return resolvesOss;
  return /^data:[^,]*,/.test(url) || (/^https?:/.test(url) && URL.canParse(url));
}
