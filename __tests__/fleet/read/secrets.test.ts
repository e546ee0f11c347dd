import { definitionOf } from "../../../fleet/read/read-definition";
import { formatProblem } from "../../../language/problem";
import { parseYaml } from "../../../language/yaml/parse";
import { problemsOf, SMALLEST, withoutWord } from "../../support/definitions";

const FILE = "clusters/a.example.com.yaml";
const IN_SECRETS_MANAGER = "Keep it in AWS Secrets Manager, and read it from there";
const BY_ROLE = "Give access by a role: `roles` of the account's file for Terraform, EKS Pod Identity for pods";
const BY_CERT_MANAGER = "Let cert-manager issue it, or keep it in AWS Secrets Manager and read it from there";

const refusal = (what: string, instead: string): string =>
  `looks like ${what}, but a definition must not contain secrets. ${instead}. Revoke this one, because git keeps it`;

/** Returns the reports about one line under an addon's values. */
const told = (line: string): string[] =>
  problemsOf({ [FILE]: `${SMALLEST}  addons:\n    metrics_server:\n      values:\n        ${line}\n` });

// In pieces, because scanners of repositories look for the same shapes.
const SHAPES: readonly (readonly [what: string, pieces: readonly string[], instead: string])[] = [
  ["an AWS access key", ["AKI", "AIOSFODNN7EXAMPLE"], BY_ROLE],
  ["an AWS access key", ["ASI", "AIOSFODNN7EXAMPLE"], BY_ROLE],
  ["an AWS secret access key", ["aws_secret_access_key=", "a".repeat(40)], BY_ROLE],
  ["a private key", ["-----BEGIN RSA PRIV", "ATE KEY-----"], BY_CERT_MANAGER],
  ["a private key", ["-----BEGIN PRIV", "ATE KEY-----"], BY_CERT_MANAGER],
  ["a private key", ["-----BEGIN PGP PRIV", "ATE KEY BLOCK-----"], BY_CERT_MANAGER],
  ["a private key", ["LS0tLS1CRUdJTiBS", "U0EgUFJJVkFURSBLRVkt"], BY_CERT_MANAGER],
  ["a login of a container registry", ["eyJhdXRo", `cyI6${"a".repeat(40)}`], IN_SECRETS_MANAGER],
  ["a login of a container registry", ["ewogICJh", `dXRocyI6${"a".repeat(40)}`], IN_SECRETS_MANAGER],
  ["a GitHub token", ["gh", `p_${"a".repeat(36)}`], IN_SECRETS_MANAGER],
  ["a GitHub token", ["github", `_pat_${"a".repeat(60)}`], IN_SECRETS_MANAGER],
  ["a GitLab token", ["glp", `at-${"x".repeat(20)}`], IN_SECRETS_MANAGER],
  ["a Slack token", ["xox", "b-123456789012-abc"], IN_SECRETS_MANAGER],
  ["a Slack webhook", ["https://hooks.slack", ".com/services/T00000000/B00000000/XXXX"], IN_SECRETS_MANAGER],
  ["an npm token", ["np", `m_${"a".repeat(36)}`], IN_SECRETS_MANAGER],
  ["a Docker Hub token", ["dckr", `_pat_${"a".repeat(27)}`], IN_SECRETS_MANAGER],
  ["a Google API key", ["AI", `za${"a".repeat(35)}`], IN_SECRETS_MANAGER],
  ["a Stripe key", ["sk_", `live_${"a".repeat(24)}`], IN_SECRETS_MANAGER],
  ["a Grafana token", ["gls", `a_${"a".repeat(32)}`], IN_SECRETS_MANAGER],
  ["a HashiCorp Vault token", ["hv", `s.${"a".repeat(24)}`], IN_SECRETS_MANAGER],
  ["an API key of an AI service", ["sk-", `ant-${"a".repeat(24)}`], IN_SECRETS_MANAGER],
  ["a Hugging Face token", ["h", `f_${"a".repeat(34)}`], IN_SECRETS_MANAGER],
  ["a SendGrid key", ["S", `G.${"a".repeat(22)}.${"b".repeat(43)}`], IN_SECRETS_MANAGER],
  ["a DigitalOcean token", ["dop", `_v1_${"a".repeat(64)}`], IN_SECRETS_MANAGER],
  ["an age key", ["AGE-SECRET", `-KEY-1${"A".repeat(58)}`], IN_SECRETS_MANAGER],
  ["a JSON web token", ["eyJhbGciOiJIUzI1NiJ9", ".eyJzdWIiOiIxMjM0In0.abc"], IN_SECRETS_MANAGER],
  ["a password in an address", ["postgres://user:", "hunter2@db.example.com/x"], IN_SECRETS_MANAGER],
  ["a password in an address", ["redis://:", "hunter2@cache.example.com"], IN_SECRETS_MANAGER],
];

describe("text with the form of a secret", () => {
  test.each(SHAPES)("is refused: %s", (what, pieces, instead) => {
    expect(told(`word: "${pieces.join("")}"`)).toEqual([
      `${FILE}:11:15 tfvars.addons.metrics_server.values.word: ${refusal(what, instead)}`,
    ]);
  });

  test.each(SHAPES)("is refused behind or within an escape: %s", (what, pieces, instead) => {
    const text = pieces.join("");
    const split = `${text.slice(0, 8)}\\\n    ${text.slice(8)}`;
    for (const written of [`\\n${text}`, `\\t${text}`, `\\x20${text}`, split]) {
      const value = definitionOf(parseYaml(FILE, Buffer.from(`a:\n  word: "${written}"\n`)));
      expect(value.problems.map(formatProblem).map(withoutWord)).toEqual([
        `${FILE}:2:9 a.word: ${refusal(what, instead)}`,
      ]);
      if (written === split) continue; // a key has one line
      const key = definitionOf(parseYaml(FILE, Buffer.from(`a:\n  "${written}": 1\n`)));
      const [problem, ...others] = key.problems.map(formatProblem).map(withoutWord);
      expect([others, problem?.replace(/:2:\d+ /, ": ")]).toEqual([[], `${FILE}: ${refusal(what, instead)}`]);
    }
  });

  test("is refused in a comment, in a key, and in a file that is not YAML", () => {
    const key = ["AKI", "AIOSFODNN7EXAMPLE"].join("");
    expect(told(`a: b # ${key}`)).toEqual([`${FILE}:11:16 ${refusal("an AWS access key", BY_ROLE)}`]);
    expect(problemsOf({ [FILE]: `${SMALLEST}${key}: x\n` })).toEqual([
      `${FILE}:8:1 ${refusal("an AWS access key", BY_ROLE)}`,
      `${FILE}:8:1 (secret): unknown key "(secret)". Known keys: meta, tfvars`,
    ]);
    expect(problemsOf({ [FILE]: `meta: [ # ${key}\n` })).toContain(
      `${FILE}:1:11 ${refusal("an AWS access key", BY_ROLE)}`,
    );
  });

  test("is reported once under a key that names a secret", () => {
    const [problem, ...others] = told(`aws_secret_access_key: ${"a".repeat(40)}`);
    expect(others).toEqual([]);
    expect(problem).toContain("values.aws_secret_access_key: looks like a secret");
  });

  test("is reported for each occurrence in a file", () => {
    const key = (last: string): string => ["AKI", `AIOSFODNN7EXAMPL${last}`].join("");
    expect(told(`{ a: ${key("A")}, b: ${key("B")} }`)).toEqual([
      `${FILE}:11:14 tfvars.addons.metrics_server.values.a: ${refusal("an AWS access key", BY_ROLE)}`,
      `${FILE}:11:39 tfvars.addons.metrics_server.values.b: ${refusal("an AWS access key", BY_ROLE)}`,
    ]);
  });

  test.each([
    ["an address with a port and an at", "url: https://example.com:8080/a@b"],
    ["an address that takes its password from the environment", "url: postgres://user:${PASSWORD}@db.example.com"],
    ["an ARN", "role: arn:aws:iam::111111111111:role/deploy"],
    ["a certificate", "pem: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t"],
  ])("is accepted: %s", (_, line) => {
    expect(told(line)).toEqual([]);
  });
});

describe("text under a key that names a secret", () => {
  test.each([
    "password",
    "adminPassword",
    "DB_PASSWORD",
    "api_key",
    "apiKey",
    "clientSecret",
    "github.token",
    "authToken",
    "passwort",
  ])("is refused: %s", (key) => {
    expect(told(`${key}: hunter2`)).toEqual([
      `${FILE}:11:${key.length + 11} tfvars.addons.metrics_server.values.${key}: ${refusal("a secret", IN_SECRETS_MANAGER)}`,
    ]);
  });

  test("is refused as the value of an environment variable", () => {
    expect(told("env: [{ name: DB_PASSWORD, value: hunter2 }, { name: LEVEL, value: debug }]")).toEqual([
      `${FILE}:11:43 tfvars.addons.metrics_server.values.env[DB_PASSWORD].value: ${refusal("a secret", IN_SECRETS_MANAGER)}`,
    ]);
  });

  test.each([
    "existingSecret: grafana",
    "passwordKey: password",
    "password: ${FROM_ENV}",
    'password: ""',
    "secretName: x",
    "tokenSecretRef: { name: x, key: y }",
    "token: 5",
    "token: null",
    "id-token: write",
    "tokens: { a: b }",
    "password: arn:aws:secretsmanager:eu-west-1:111111111111:secret:x",
    `encryptedData: { password: AgB${"x9/Q".repeat(120)} }`,
  ])("is accepted: %s", (line) => {
    expect(told(line)).toEqual([]);
  });
});

describe("text that sets a secret", () => {
  test.each([
    "--password=hunter2",
    "server --admin-password=hunter2 --port=80",
    "DB_PASSWORD=hunter2",
    "https://example.com/hook?token=abcd1234&x=y",
    "--secret=hunter2",
    "api-key='abcd'",
  ])("is refused: %s", (text) => {
    expect(told(`args: ["${text}"]`)).toEqual([
      `${FILE}:11:16 tfvars.addons.metrics_server.values.args[0]: ${refusal("a secret", IN_SECRETS_MANAGER)}`,
    ]);
  });

  test("is reported once if it contains a token of a known form", () => {
    const token = ["gh", `p_${"a".repeat(36)}`].join("");
    expect(told(`a: b # --token=${token}`)).toEqual([`${FILE}:11:24 ${refusal("a GitHub token", IN_SECRETS_MANAGER)}`]);
  });

  test("is reported once if a comment repeats it within a token of a known form", () => {
    const token = ["gh", `p_hunter2xx1${"a".repeat(26)}`].join("");
    expect(told(`password: hunter2xx1 # ${token}`)).toEqual([
      `${FILE}:11:19 tfvars.addons.metrics_server.values.password: ${refusal("a secret", IN_SECRETS_MANAGER)}`,
    ]);
  });

  test.each([
    "--password=$(PASSWORD)",
    "--password=${PASSWORD}",
    "--token=/var/run/token",
    "--token={{ .Values.token }}",
    "--automount-token=false",
    "--pull-secret=registry",
    "--token=<token>",
    "token=abc",
    "password-file=hunter2",
  ])("is accepted: %s", (text) => {
    expect(told(`args: ["${text}"]`)).toEqual([]);
  });
});

test.each(["password: 12345678", "token: 0123456", "apiKey: 12345678901234567890"])(
  "refuses the number in %s",
  (line) => {
    expect(told(line)).toEqual([
      `${FILE}:11:${line.indexOf(" ") + 10} tfvars.addons.metrics_server.values.${line.split(":")[0]}: ${refusal("a secret", IN_SECRETS_MANAGER)}`,
    ]);
  },
);

describe("a line that is commented out", () => {
  test.each([
    "# adminPassword: hunter2secret",
    "#password: hunter2secret",
    '# - api_key: "hunter2secret"',
    "## token: hunter2secret",
    "# the database password: hunter2!secret",
  ])("is refused: %s", (line) => {
    expect(told(`{} ${line}`)).toEqual([
      `${FILE}:11:${line.indexOf("hunter2") + 12} ${refusal("a secret", IN_SECRETS_MANAGER)}`,
    ]);
  });

  test.each([
    "# token: see the docs",
    "# adminPassword: $(PASSWORD)",
    "# password: required",
    "# existingSecret: grafana-admin",
    "# tokenSecretRef: grafana-admin",
    "# password: short",
    "# rotation of the token: 2026-11-30",
  ])("is accepted: %s", (line) => {
    expect(told(`{} ${line}`)).toEqual([]);
  });
});

describe("tfvars.common.teleport_token names a Secret", () => {
  const common = (token: string): string[] =>
    problemsOf({ [FILE]: SMALLEST.replace("us-east-1\n", `us-east-1\n    teleport_token: ${token}\n`) });

  test("is refused if its form is not the name of a Secret", () => {
    expect(common("teleport-join-token")).toEqual([
      `${FILE}:6:21 tfvars.common.teleport_token: has no effect without the addon teleport_kube_agent. Set teleport_kube_agent_enabled: true, or set this to ""`,
    ]);
  });

  test.each([
    "abc",
    "0123456789abcdef0123456789abcdef",
    "deadbeef-dead-beef-dead-beefdeadbee1",
    "Teleport-Token",
    "teleport_token",
    "12345678",
  ])("refuses the token itself: %s", (token) => {
    expect(common(token)).toEqual([
      `${FILE}:6:21 tfvars.common.teleport_token: ${refusal("a secret", IN_SECRETS_MANAGER)}`,
    ]);
  });

  test("no other key accepts a name of words", () => {
    expect(told("token: teleport-join-token")).toHaveLength(1);
  });
});

test("no message shows a secret, and each secret has one error", () => {
  const key = ["AKI", "AIOSFODNN7EXAMPLE"].join("");
  expect(
    problemsOf({
      [FILE]: SMALLEST.replace("us-east-1\n", `${key}\n    teleport_token: abc\n`).replace("general", `general-${key}`),
    }),
  ).toEqual([
    `${FILE}:5:17 tfvars.common.aws_region: ${refusal("an AWS access key", BY_ROLE)}`,
    `${FILE}:6:21 tfvars.common.teleport_token: ${refusal("a secret", IN_SECRETS_MANAGER)}`,
    `${FILE}:8:13 tfvars.workers[general-(secret)].name: ${refusal("an AWS access key", BY_ROLE)}`,
  ]);
});
