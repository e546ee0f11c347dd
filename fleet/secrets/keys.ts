import { decoded, isNoName, isReference, looksRandom } from "./values";

/** The meaning of a key for its value: a secret, a secret or its name, or a value that is secret only if it looks like one. */
type Meaning = "secret" | "secret or name" | "perhaps" | "credentials" | "none";

/** Last words of keys. `DB_PASSWORD`, `dbPassword` and `db.password` have the same words. */
const SECRET_WORD =
  /(?:passwor[dt]|kennwort|wachtwoord|motdepasse|contrasena|senha|passwd|passphrase|passcode|pwd|token|apikey|accesskey|privatekey|clientsecret|cookiesecret|sessionsecret|jwtsecret|webhookurl|bindpw|rootpw|requirepass|masterauth|dockerconfigjson|htpasswd)$/;
const SHORT_WORD = /^(?:pass|passw|psk|pw)$/;
const SECRET_OR_NAME =
  /(?:(?:secret|signing|encryption|auth|shared|preshared|account|storage|master|session|hmac|jwt|cookie|deploy|license|routing|integration|service|ssh|ssl|tls|app|root|host|join|api)key|(?:shared|api|app|consumer|oauth|webhook|signing|hmac|auth|token|encryption)secret|connectionstring|secretstring)$/;
const CREDENTIALS = /(?:^|[a-z])(?:auth|basicauth|userpass|credentials?|creds|authorization|userinfo)$/;
const PERHAPS = /(?:secrets?|key|cookie|salt|dsn|license|webhook|seed|otp|signature)$/;

/** Makers whose name alone is the key of a token in many files. */
const MAKER =
  /datadog|newrelic|sentry|pagerduty|opsgenie|slack|github|gitlab|bitbucket|cloudflare|heroku|fastly|okta|auth0|twilio|sendgrid|mailgun|stripe|snyk|sonar|artifactory|jfrog|grafana|honeycomb|dynatrace|splunk|algolia|mapbox|confluent|telegram|discord|openai|anthropic|cohere|jira|confluence|netlify|launchdarkly|rollbar|bugsnag|loggly|logzio|sumologic|alibaba|codecov|travis|drone|linear|asana|airtable|twitter|facebook|dropbox/;

/** Endings of keys that are about a secret but do not hold one. */
const PUBLIC =
  /(?:public|pub|topology|partition|sort|group|label|object|primary|foreign|existing|secretname|kms|s3|cache|host|known|metric|row|map|lookup|dedup|routing|aggregation)key$/;

const MOST_KEYS = 5000;
const meanings = new Map<string, Meaning>();

/** Keys recur in every file, so each is judged once. */
function meaningOf(key: string): Meaning {
  let meaning = meanings.get(key);
  if (meaning === undefined) {
    if (meanings.size >= MOST_KEYS) meanings.clear();
    meaning = judge(key);
    meanings.set(key, meaning);
  }
  return meaning;
}

function judge(key: string): Meaning {
  if (key.length > 200) return "none";
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  const last = words.at(-1) ?? "";
  const joined = words.join("");
  if (SECRET_WORD.test(joined) && !joined.startsWith("existing")) return "secret";
  if (SHORT_WORD.test(last)) return /^(?:proxy|fastcgi|uwsgi|grpc)/.test(joined) ? "none" : "secret";
  if (CREDENTIALS.test(joined)) return "credentials";
  if (joined.endsWith("routingkey") || joined.endsWith("hostkey")) return "perhaps";
  if (SECRET_OR_NAME.test(joined)) return "secret or name";
  if (PERHAPS.test(joined) && !PUBLIC.test(joined)) return "perhaps";
  return MAKER.test(joined) ? "perhaps" : "none";
}

/** The name of a Secret, for keys that sound like one but hold a name: words without the digits of tokens. */
const NAME_OF_A_SECRET = /^[a-z]{2,}(?:-[a-z]{2,})+$/;
const KEY_OF_A_NAME = "teleport_token";

/** `user:password`, which is neither an address nor a range of time. */
const PAIR = /^[\w.@+-]{1,64}:(?!\/\/|\d+$)[^\s/:]{4,}$/;
const SCHEME = /^(?:basic|bearer|token|apikey|key|splunk|digest)\s+(\S{4,})$/i;

/** True if text under a key is a secret. */
export function isSecretUnderKey(key: string, value: string): boolean {
  if (value === "") return false;
  const meaning = meaningOf(key);
  if (meaning === "none" || isReference(value)) return false;
  switch (meaning) {
    case "secret":
      return !(key === KEY_OF_A_NAME && NAME_OF_A_SECRET.test(value));
    case "secret or name":
      return isNoName(value) && !isAddress(value);
    case "credentials":
      return isCredentials(value);
    case "perhaps":
      return looksRandom(value);
    default:
      return meaning satisfies never;
  }
}

/** True if a key alone makes its text a secret: values below it, such as `password: { value: … }`, are secrets too. */
export function isSecretKey(key: string): boolean {
  return meaningOf(key) === "secret";
}

const isAddress = (value: string): boolean => /^[a-z]+:\/\/[^\s@]*$/.test(value);

function isCredentials(value: string): boolean {
  const token = value.match(SCHEME)?.[1];
  if (token !== undefined) return !isReference(token);
  return PAIR.test(value) || looksRandom(value) || PAIR.test(decoded(value) ?? "");
}
