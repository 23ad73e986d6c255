// A table: what a check can find, what it asks for, and of whom.

/** Who can take a step. @see https://www.alibabacloud.com/help/en/model-studio/model-calling-in-sub-workspace */
export const roles = {
  you: 'whoever keeps this configuration',
  'workspace-administrator': 'an administrator of the workspace, or a super administrator',
  'super-administrator':
    'a super administrator: the main account, or a RAM user with AliyunBailianFullAccess; not an administrator of the workspace alone',
  'account-owner': 'the main account, or a RAM user who may pay for it (AliyunBSSOrderAccess)',
  'network-administrator': 'whoever runs the network, proxy or firewall between here and the service',
  nobody: 'nobody; it passes',
} as const;

export type Role = keyof typeof roles;

interface VerdictText {
  /**
   * `good`: the model may be called. `wrong`: somebody has to do something. `unknown`: nothing is said about rights.
   * `intended`: as this configuration wants it.
   */
  readonly standing: 'good' | 'wrong' | 'unknown' | 'intended';
  /** A few words. */
  readonly title: string;
  /** What to do, in the console or here. `{workspace}`, `{model}` and `{region}` are replaced. */
  readonly step?: string;
  readonly who?: Role;
  /** It holds for every model of the workspace. */
  readonly ofWorkspace?: true;
  /** The service knew the key. */
  readonly keyIsKnown?: true;
}

const texts = {
  ok: { standing: 'good', title: 'may be called', keyIsKnown: true },

  'missing-key': {
    standing: 'wrong',
    title: 'no key',
    step: 'Give workspace "{workspace}" a key that was made in it: console, API keys, with that workspace chosen.',
    who: 'you',
    ofWorkspace: true,
  },
  'malformed-key': {
    standing: 'wrong',
    title: 'no key can look so',
    step: 'Copy the key again, whole and without quotes: console, API keys, with the workspace chosen. Outside Beijing it is shown only once, so it may have to be made anew.',
    who: 'you',
    ofWorkspace: true,
  },
  'plan-key': {
    standing: 'wrong',
    title: 'key of a plan, on an ordinary host',
    step: 'Use a pay-as-you-go key, made in the workspace (console, API keys). A key that begins with sk-sp- works at the address of its Coding Plan or Token Plan only.',
    who: 'workspace-administrator',
    ofWorkspace: true,
  },
  'plan-host': {
    standing: 'wrong',
    title: "not accepted at the plan's host",
    step: "Use the plan's own key, which begins with sk-sp-, and see in the console whether the plan still runs. For pay-as-you-go, use the region's address.",
    who: 'you',
    ofWorkspace: true,
  },
  'key-of-another-region': {
    standing: 'wrong',
    title: 'key of another region',
    step: 'Set the region of workspace "{workspace}" to {region}, or use a key made in the region that is set: a key belongs to the region in which it was made.',
    who: 'you',
    ofWorkspace: true,
  },
  'key-refused': {
    standing: 'wrong',
    title: 'key not accepted here',
    step: 'This alone does not say that the key is wrong. See in the console, in the region that is set, whether the key is there, switched on, and its owner still in the workspace; in Beijing, whether it is limited to other IP addresses. If it was made in another region, set that one.',
    who: 'workspace-administrator',
    ofWorkspace: true,
  },
  'workspace-denied': {
    standing: 'wrong',
    title: 'workspace refused to this key',
    step: "Check the workspace's id and region. Add the key's owner to the workspace in the console, or use a key made in it and leave the id out.",
    who: 'workspace-administrator',
    ofWorkspace: true,
  },
  'endpoint-of-another-workspace': {
    standing: 'wrong',
    title: 'host of another workspace',
    step: "A workspace's host takes only keys made in that workspace: use one, correct workspaceId, or leave it out to use the region's shared host.",
    who: 'you',
    keyIsKnown: true,
  },
  'model-not-granted': {
    standing: 'wrong',
    title: 'not granted to the workspace',
    step: 'In the console, grant the right to call {model} to the workspace of this key. A custom model needs no grant, but a key of the workspace that owns it.',
    who: 'super-administrator',
    keyIsKnown: true,
  },
  'model-unknown': {
    standing: 'wrong',
    title: 'no such model here',
    step: "Compare {model} with the region's model list in the console: names are in lower case, and regions and plans have different models.",
    who: 'you',
    keyIsKnown: true,
  },
  'model-not-on-this-wire': {
    standing: 'wrong',
    title: 'not offered on this wire',
    step: 'Call {model} over the native wire.',
    who: 'you',
    keyIsKnown: true,
  },
  'not-activated': {
    standing: 'wrong',
    title: 'not activated or not ordered',
    step: 'In the console of this region, activate Model Studio, or apply for {model} or order it.',
    who: 'account-owner',
    keyIsKnown: true,
  },
  'free-tier-used-up': {
    standing: 'wrong',
    title: 'free quota used up',
    step: 'In the console, switch off "use free tier only" for {model}, and pay for it. The quota that is shown there may lag by an hour.',
    who: 'account-owner',
    keyIsKnown: true,
  },
  'quota-used-up': {
    standing: 'wrong',
    title: 'quota used up',
    step: "Wait until the plan's quota returns, raise the account's budget in the console, or use a pay-as-you-go key.",
    who: 'account-owner',
    keyIsKnown: true,
  },
  arrears: {
    standing: 'wrong',
    title: 'account owes money',
    step: "Pay what the key's account owes, in the console under billing, then wait a little. If it owes nothing, the key is another account's.",
    who: 'account-owner',
    keyIsKnown: true,
  },
  'access-denied': {
    standing: 'wrong',
    title: 'refused without a reason',
    step: 'The service does not say which it is: {model} must be applied for in the console, its free quota ended without a paid option, or it takes only a key of a plan.',
    who: 'super-administrator',
    keyIsKnown: true,
  },
  'refused-otherwise': {
    standing: 'wrong',
    title: 'refused for another reason',
    step: 'Go by what the service said. In Beijing a key can be limited to IP addresses and models (console, API keys, custom permission), and what it says then is written nowhere: see whether the address that this machine is seen under is among them.',
    who: 'workspace-administrator',
  },
  'wrong-path': {
    standing: 'wrong',
    title: 'wrong address',
    step: "Correct the base URL: the compatible wire's ends in /compatible-mode/v1, the native one's in /api/v1. Or leave it out and set the region.",
    who: 'you',
  },
  'blocked-network': {
    standing: 'wrong',
    title: 'the service was not reached',
    step: "Let this machine reach the service's host by HTTPS, without a page or a certificate of somebody else in between. Nothing is known about the key.",
    who: 'network-administrator',
    ofWorkspace: true,
  },
  misconfigured: {
    standing: 'wrong',
    title: 'configuration is not complete',
    who: 'you',
    ofWorkspace: true,
  },

  'not-on-list': {
    standing: 'intended',
    title: "not on the workspace's list",
    step: 'Add {model} to workspaces.{workspace}.models if it is to be called.',
    who: 'you',
  },
  'budget-spent': {
    standing: 'wrong',
    title: 'own budget spent',
    step: 'Raise the budget of workspace "{workspace}", or wait for its next period. The service was not asked.',
    who: 'you',
    ofWorkspace: true,
  },

  'rate-limited': {
    standing: 'unknown',
    title: 'too many calls just now',
    step: 'Check again in a minute: this says nothing about rights.',
    who: 'nobody',
  },
  'service-failed': {
    standing: 'unknown',
    title: 'the service failed',
    step: 'Check again later; should it stay, report the request id to the service.',
    who: 'nobody',
  },
  unclear: {
    standing: 'unknown',
    title: 'refused for a reason beside rights',
    who: 'you',
  },
  'not-checked': { standing: 'unknown', title: 'not checked' },
} as const satisfies Readonly<Record<string, VerdictText>>;

/** What a check found about one workspace and model. */
export type Verdict = keyof typeof texts;

export const verdicts: Readonly<Record<Verdict, VerdictText>> = texts;
