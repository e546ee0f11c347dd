const IN_SECRETS_MANAGER = "Keep it in AWS Secrets Manager, and read it from there";

export interface SecretShape {
  readonly what: string;
  readonly shape: RegExp;
  /** What to use instead. */
  readonly instead: string;
}

/**
 * Shapes that only a secret has. Our own short table and not a scanner: it runs on every save over every file, where a
 * scanner's start alone costs more than the whole load.
 */
export const SECRET_SHAPES: readonly SecretShape[] = [
  {
    what: "an AWS access key",
    shape: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
    instead: "Give access by a role: `roles` of the account's file for Terraform, EKS Pod Identity for pods",
  },
  {
    what: "an AWS secret access key",
    shape: /(?:aws_)?secret_?access_?key["']?\s*[=:]\s*["']?[A-Za-z0-9/+=]{40}(?![A-Za-z0-9/+=])/i,
    instead: "Give access by a role: `roles` of the account's file for Terraform, EKS Pod Identity for pods",
  },
  {
    what: "a private key",
    // The second is the same in base64, as a Kubernetes Secret holds it.
    shape:
      /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|\bLS0tLS1CRUdJTiB(?:QUklWQVRF|SU0Eg|FQyBQ|PUEVOU1NI|EU0Eg|FTkNSWVBU)/,
    instead: "Let cert-manager issue it, or keep it in AWS Secrets Manager and read it from there",
  },
  {
    // What `docker login` writes, in base64, as a Secret or a boot script holds it. `{"auths":` begins like this, at any indentation.
    what: "a login of a container registry",
    shape: /\b(?:eyJhdXRocyI6|eyAiYXV0aHMi|ewoJImF1dGhz|ewogICJhdXRocyI6|ewogICAgImF1dGhzI)[A-Za-z0-9+/]{24,}/,
    instead: IN_SECRETS_MANAGER,
  },
  {
    what: "a GitHub token",
    shape: /\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{40,})/,
    instead: IN_SECRETS_MANAGER,
  },
  { what: "a GitLab token", shape: /\bgl(?:pat|dt|rt|ptt|cbt)-[A-Za-z0-9_-]{20,}/, instead: IN_SECRETS_MANAGER },
  {
    what: "a Slack token",
    shape: /\bx(?:ox[abeoprs]|app)-[A-Za-z0-9-]{10,}/,
    instead: IN_SECRETS_MANAGER,
  },
  { what: "a Slack webhook", shape: /hooks\.slack\.com\/services\/[A-Za-z0-9/]{20,}/, instead: IN_SECRETS_MANAGER },
  { what: "an npm token", shape: /\bnpm_[A-Za-z0-9]{36}\b/, instead: IN_SECRETS_MANAGER },
  { what: "a Docker Hub token", shape: /\bdckr_pat_[A-Za-z0-9_-]{20,}/, instead: IN_SECRETS_MANAGER },
  { what: "a Google API key", shape: /\bAIza[A-Za-z0-9_-]{35}\b/, instead: IN_SECRETS_MANAGER },
  { what: "a Stripe key", shape: /\b[rs]k_live_[A-Za-z0-9]{20,}/, instead: IN_SECRETS_MANAGER },
  { what: "a Grafana token", shape: /\bgl(?:sa|c)_[A-Za-z0-9+/=_]{32,}/, instead: IN_SECRETS_MANAGER },
  { what: "a HashiCorp Vault token", shape: /\bhv[bsr]\.[A-Za-z0-9_-]{20,}/, instead: IN_SECRETS_MANAGER },
  { what: "an API key of an AI service", shape: /\bsk-(?:ant|proj)-[A-Za-z0-9_-]{20,}/, instead: IN_SECRETS_MANAGER },
  { what: "a Hugging Face token", shape: /\bhf_[A-Za-z0-9]{30,}/, instead: IN_SECRETS_MANAGER },
  { what: "a SendGrid key", shape: /\bSG\.[\w-]{16,}\.[\w-]{16,}/, instead: IN_SECRETS_MANAGER },
  { what: "a DigitalOcean token", shape: /\bdo[opr]_v1_[a-f0-9]{32,}/, instead: IN_SECRETS_MANAGER },
  { what: "an age key", shape: /\bAGE-SECRET-KEY-1[A-Z0-9]{50,}/, instead: IN_SECRETS_MANAGER },
  {
    what: "a JSON web token",
    shape: /(?<![\w-])eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\./,
    instead: IN_SECRETS_MANAGER,
  },
  {
    what: "a password in an address",
    shape: /\b[a-z][a-z0-9+]{1,15}:\/\/[^\s/:@${]*:[^\s/:@${]{3,}@/,
    instead: IN_SECRETS_MANAGER,
  },
  {
    // `--password=x`, `TOKEN=x`. What begins as a reference does, or only switches, is none; and `secret` is mostly a name's
    // label or the end of another word, so only an option of just that name counts.
    what: "a secret",
    shape:
      /(?:(?:password|passwd|token|api[_-]?key|client[_-]?secret)=["']?|(?<![\w.-])(?:--?)?secret=)(?!(?:true|false|null|none|yes|no)\b|(?:arn|ssm|file|env|vault):)[^\s"'$/{}<>()=~*.%,;&][^\s"',;&)}]{3,}/i,
    instead: IN_SECRETS_MANAGER,
  },
];

/** Text under a key that names a secret. */
export const UNDER_SECRET_KEY: Omit<SecretShape, "shape"> = { what: "a secret", instead: IN_SECRETS_MANAGER };

/** Most files contain none: one test finds that out. */
export const ANY_SHAPE = new RegExp(SECRET_SHAPES.map(({ shape }) => `(?:${shape.source})`).join("|"), "i");

/** Keys whose text is a secret whatever its shape; names of secrets (`existingSecret`, `secretName`) are not among them. */
const SECRET_KEY =
  /(?:^|[_.-])(?:password|passwd|token|api_?key|access_?key|secret_?key|secret_access_key|client_?secret|private_?key|webhook_?url)$/i;
const SECRET_CAMEL_KEY = /(?:Password|Passwd|Token|ApiKey|AccessKey|SecretKey|ClientSecret|PrivateKey)$/;

/** References that are not secrets themselves: an ARN, a path, a chart's reference to the environment. */
const REFERENCE = /^(?:arn:|ssm:|\/|\$|\{\{|<)/;

/** The name of a Secret, where the key that sounds like one is known to hold a name: words, and no digits as tokens have them. */
const NAME_OF_A_SECRET = /^[a-z]{2,}(?:-[a-z]{2,})+$/;
const KEY_OF_A_NAME = "teleport_token";

export function isSecretUnderKey(key: string, value: string): boolean {
  if (key === KEY_OF_A_NAME && NAME_OF_A_SECRET.test(value)) return false;
  return value !== "" && (SECRET_KEY.test(key) || SECRET_CAMEL_KEY.test(key)) && !REFERENCE.test(value);
}

/** `# key: word`, as a line is that was taken out of use. */
const COMMENTED_LINE =
  /(?<=^|\s)#(?<!#[\t -]*#)[#\t -]*(["']?)([A-Za-z_][\w.-]*)\1:[^\S\n]+(["']?)([^\s"'#]{8,})\3[^\S\n]*$/gm;

/** Words that describe a key instead of being its value. */
const REMARK = /^(?:required|optional|generated|disabled|deprecated|unchanged)\.?$/i;

/** Returns the offsets of values in commented lines that would set a secret. */
export function commentedSecrets(text: string): number[] {
  return [...text.matchAll(COMMENTED_LINE)]
    .filter(([, , key = "", , value = ""]) => isSecretUnderKey(key, value) && !REMARK.test(value))
    .map(({ 0: line, 4: value = "", index }) => index + line.lastIndexOf(value));
}
