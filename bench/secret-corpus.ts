import { SECRET_RULES } from "../fleet/secrets/search";

/**
 * Expands the notation in which rules write examples: `<a20>` stands for 20 characters of an alphabet, and `·` for nothing. It keeps
 * the source free of text that scanners of repositories would report.
 */
export function expanded(example: string, random: () => number = numbers(1)): string {
  return example
    .replaceAll("·", "")
    .replaceAll(/<([ahuldw])(\d+)>/g, (_, alphabet: string, length: string) => text(alphabet, Number(length), random));
}

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LOWER.toUpperCase();
const DIGITS = "0123456789";
const ALPHABETS: Readonly<Record<string, string>> = {
  a: LOWER + UPPER + DIGITS,
  h: `${DIGITS}abcdef`,
  u: `${UPPER}234567`,
  l: LOWER + DIGITS,
  d: DIGITS,
  w: `${LOWER}${UPPER}${DIGITS}_`,
};

/** Text of an alphabet. Each third character is a digit, because generated text nearly always has some. */
function text(alphabet: string, length: number, random: () => number): string {
  const characters = ALPHABETS[alphabet] ?? "";
  const digits = alphabet === "u" ? "234567" : DIGITS;
  return Array.from({ length }, (_, index) => {
    const from = index % 3 === 1 ? digits : characters;
    return from[Math.floor(random() * from.length)];
  }).join("");
}

/** Returns a generator of numbers between 0 and 1 that repeats itself (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const indented = (value: string, by: number): string =>
  value
    .split("\n")
    .map((line) => " ".repeat(by) + line)
    .join("\n");
const single = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** Places where a text can stand in a file; each returns a file. */
export const PLACES: Readonly<Record<string, (secret: string) => string>> = {
  "a value in double quotes": (secret) => `a:\n  word: ${JSON.stringify(secret)}\n`,
  "a value in single quotes": (secret) => `a:\n  word: ${single(secret)}\n`,
  "a key": (secret) => `a:\n  ${JSON.stringify(secret)}: 1\n`,
  "a comment": (secret) => `a: 1 # ${secret}\n`,
  "a commented line": (secret) => `a: 1\n# word: ${secret}\n`,
  "a block scalar": (secret) => `a:\n  word: |\n    first\n${indented(secret, 4)}\n    last\n`,
  "a folded scalar": (secret) => `a:\n  word: >-\n    first\n${indented(secret, 4)}\n    last\n`,
  "behind an escape": (secret) => `a:\n  word: ${JSON.stringify(`first\n${secret}\tlast`)}\n`,
  "within escapes": (secret) =>
    `a:\n  word: "${[...secret].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`).join("")}"\n`,
  "split over lines": (secret) => {
    const half = Math.floor(secret.length / 2);
    const [first, second] = [secret.slice(0, half), secret.slice(half)].map((part) =>
      JSON.stringify(part).slice(1, -1),
    );
    return `a:\n  word: "${first}\\\n    ${second?.startsWith(" ") ? "\\" : ""}${second}"\n`;
  },
  base64: (secret) => `a:\n  word: ${Buffer.from(secret).toString("base64")}\n`,
  "base64 of base64": (secret) =>
    `a:\n  word: ${Buffer.from(Buffer.from(secret).toString("base64")).toString("base64")}\n`,
  "base64 in a comment": (secret) => `a: 1 # ${Buffer.from(secret).toString("base64")}\n`,
  "wrapped base64": (secret) => {
    const lines = Buffer.from(`first line of a longer text\n${secret}\n`)
      .toString("base64")
      .replaceAll(/.{40}/g, "$&\n");
    return `a:\n  word: |\n${indented(lines, 4)}\n`;
  },
  "a manifest": (secret) =>
    `tfvars:\n  extra_manifests:\n    - name: x\n      manifests:\n        - { kind: ConfigMap, data: { settings.conf: ${JSON.stringify(`word ${secret}`)} } }\n`,
  "a Secret": (secret) =>
    `tfvars:\n  extra_manifests:\n    - manifests:\n        - kind: Secret\n          data: { word: ${Buffer.from(secret).toString("base64")} }\n`,
  "Helm values": (secret) =>
    `tfvars:\n  addons:\n    grafana:\n      values:\n        deep: { list: [{ word: ${JSON.stringify(secret)} }] }\n`,
  "a script": (secret) =>
    `tfvars:\n  workers:\n    - pre_bootstrap_script: |\n        #!/bin/sh\n        set -e\n${indented(`word "${secret}"`, 8)}\n`,
  "a variable of the environment": (secret) => `env:\n  - name: WORD\n    value: ${JSON.stringify(secret)}\n`,
  arguments: (secret) => `args: ["--verbose", ${JSON.stringify(secret)}]\n`,
  "a header": (secret) => `headers:\n  X-Word: ${JSON.stringify(secret)}\n`,
  "an address": (secret) => `url: ${JSON.stringify(`https://example.com/x?word=${secret}`)}\n`,
  "JSON in a value": (secret) => `config: ${single(JSON.stringify({ word: secret }))}\n`,
  "an anchor": (secret) => `a:\n  word: &word ${JSON.stringify(secret)}\n  other: *word\n`,
  "a flow map": (secret) => `a: { b: [ ${JSON.stringify(secret)} ] }\n`,
  "text that is no YAML": (secret) => `a: [\n  ${secret}\n`,
};

/** Passwords without a form of their own: of words, with signs, generated. */
const PASSWORDS = [
  "hunter2secret",
  "Tr0ub4dor&3x",
  "pa$$w0rd-2024",
  "q8Zr5kXw2LmP",
  "correct-horse-battery",
  "S3cr3t!2026",
];

const SECRET_KEYS = [
  ...["password", "adminPassword", "DB_PASSWORD", "PGPASSWORD", "MYSQL_PWD", "pass", "smtp_pass", "passphrase"],
  ...[
    "token",
    "authToken",
    "GITHUB_TOKEN",
    "api-key",
    "apiKey",
    "X-Api-Key",
    "clientSecret",
    "client_secret",
    "cookieSecret",
  ],
  ...[
    "rootPassword",
    "grafana.adminPassword",
    "bindPassword",
    "redis-password",
    "jwtSecret",
    "accessKey",
    "private_key",
  ],
];

/** Ways to give a password a name. */
const NAMED: Readonly<Record<string, (key: string, value: string) => string>> = {
  "a key": (key, value) => `a:\n  ${key}: ${single(value)}\n`,
  "a map with its value": (key, value) => `a:\n  ${key}: { value: ${single(value)} }\n`,
  "a list": (key, value) => `a:\n  ${key}: [${single(value)}]\n`,
  "a variable of the environment": (key, value) => `env:\n  - name: ${key}\n    value: ${single(value)}\n`,
  "YAML in a block scalar": (key, value) => `a: |\n  server:\n    port: 80\n    ${key}: ${value}\n`,
  "quoted YAML in a block scalar": (key, value) => `a: |\n  server:\n    ${key}: "${value}"\n`,
  "settings in a block scalar": (key, value) => `a: |\n  [server]\n  ${key} = ${value}\n`,
  "a script": (key, value) => `a: |\n  #!/bin/sh\n  export ${key.replaceAll(/[.-]/g, "_")}='${value}'\n`,
  JSON: (key, value) => `a: ${single(JSON.stringify({ [key]: value, b: 1 }))}\n`,
  "an escaped text": (key, value) => `a: ${JSON.stringify(`server:\n  ${key}: ${value}\n`)}\n`,
  "a commented line": (key, value) => `a: 1\n# ${key}: ${value}\n`,
  "base64 of a file": (key, value) => `a: ${Buffer.from(`user: me\n${key}: ${value}\n`).toString("base64")}\n`,
  "base64 under a key": (key, value) => `data: { ${key}: ${Buffer.from(value).toString("base64")} }\n`,
};

/** Commands, headers and files with a password. */
const WRITTEN: Readonly<Record<string, (value: string) => string>> = {
  curl: (value) => `curl -u admin:${value} https://example.com`,
  "curl with options": (value) => `curl -sSf --user 'admin:${value}' -o /tmp/x https://example.com`,
  "basic authorization": (value) => `Authorization: Basic ${Buffer.from(`admin:${value}`).toString("base64")}`,
  "bearer authorization": (value) => `Authorization: Bearer ${value}-${value}`,
  "an address": (value) => `postgres://me:${value}@db.example.com:5432/app`,
  "an address of AMQP": (value) => `amqps://me:${value}@mq.example.com`,
  "a connection string": (value) => `Server=db;Database=app;User Id=me;Password=${value};Encrypt=true`,
  "an option": (value) => `server --admin-password=${value} --port=80`,
  "docker login": (value) => `docker login -u me --password ${value} registry.example.com`,
  sshpass: (value) => `sshpass -p '${value}' ssh me@example.com`,
  mysql: (value) => `mysql -u root -p${value} app`,
  PGPASSWORD: (value) => `PGPASSWORD='${value}' psql -h db`,
  dockerconfigjson: (value) =>
    JSON.stringify({ auths: { "registry.example.com": { auth: Buffer.from(`me:${value}`).toString("base64") } } }),
  "XML of Windows": (value) => `<AdministratorPassword><Value>${value}</Value></AdministratorPassword>`,
  netrc: (value) => `machine example.com login me password ${value}`,
};

export interface Planted {
  readonly kind: string;
  readonly place: string;
  readonly secret: string;
  readonly file: string;
}

/** Returns every kind of secret in every place. */
export function plantedSecrets(seed: number): Planted[] {
  const random = numbers(seed);
  const forms = SECRET_RULES.map(({ id, like }) => [id, expanded(like, random)] as const);
  const written = Object.entries(WRITTEN).flatMap(([kind, write]) =>
    PASSWORDS.map((password) => [kind, write(password)] as const),
  );
  const anywhere = [...forms, ...written].flatMap(([kind, secret]) =>
    Object.entries(PLACES).map(([place, write]): Planted => ({ kind, place, secret, file: write(secret) })),
  );
  const named = SECRET_KEYS.flatMap((key) =>
    Object.entries(NAMED).flatMap(([place, write]) =>
      PASSWORDS.map((secret): Planted => ({ kind: key, place: `named: ${place}`, secret, file: write(key, secret) })),
    ),
  );
  return [...anywhere, ...named];
}
