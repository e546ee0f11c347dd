import { BY_ROLE, IN_SECRETS_MANAGER, type SecretRule } from "./rule";
import { decoded, isReference } from "./values";

/** True if text has a digit or sign, or is longer than a word: what follows an option in a sentence has none. */
const isNoWord = (value: string): boolean => !isReference(value) && (/[\d!@#%^&*+=]/.test(value) || value.length >= 16);
const isPair = (value: string): boolean => /^[^\s:]+:[^\s:]{3,}$/.test(decoded(value) ?? "");

/**
 * Ways to write a secret of any form down: commands, headers, addresses, files of other programs. Each begins at a word of its own,
 * and what it spans is bounded.
 */
// biome-ignore format: a table
const ROWS: readonly (readonly [id: string, what: string, shape: RegExp, source: string, like: string, unlike: string, counts?: (value: string) => boolean])[] = [
  ["aws-secret-key", "an AWS secret access key", /(?:aws_)?secret_?access_?key["']?\s*[=:]\s*["']?(?<value>[A-Za-z0-9/+=]{40})(?![A-Za-z0-9/+=])/i, "AWS IAM", "aws_secret_·access_key=<a40>", "aws_secret_·access_key=$KEY"],
  ["json-web-token", "a JSON web token", /(?<![\w-])eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\./, "RFC 7519", "eyJ·hbGciOiJIUzI1NiJ9.eyJ·zdWIiOiIxMjM0In0.<a43>", "eyJ·hbGciOiJIUzI1NiJ9"],
  ["url-password", "a password in an address", /\b[a-z][a-z0-9+.-]{1,25}:\/\/[^\s/:@${<"']{0,100}:(?![${<%*]|[xX]+@)(?<value>[^\s/:@{<"']{3,200})@/i, "RFC 3986", "postgres://user:hun·ter2@db.example.com/x", "postgres://user:${PASSWORD}@db.example.com"],
  ["oracle-password", "a password in an address", /\bjdbc:oracle:\w{1,10}:[^\s/:@$'"]{1,60}\/(?<value>[^\s/:@${<"']{3,100})@/i, "Oracle JDBC, URLs of the thin driver", "jdbc:ora·cle:thin:scott/hun·ter2@//db:1521/x", "jdbc:oracle:thin:@//db:1521/x"],
  ["url-token", "a token in an address", /\bhttps?:\/\/(?=[A-Za-z]{0,99}\d)[A-Za-z0-9_-]{20,200}@[\w.-]/, "RFC 3986", "https://·<a40>@github.com/x", "https://me@github.com/x"],
  ["url-query", "a secret", /[?&](?:sig|signature|access_token|auth|api_?key|apikey|secret|code|key)=(?<value>[\w%.~+/=-]{16,})/i, "RFC 3986", "https://example.com/hook?sig·=<a24>", "https://example.com/?sig·=<a9>", isNoWord],
  ["authorization", "a secret", /\bauthorization["']?\s{0,3}[:=]\s{0,3}["']?(?:(?:basic|bearer|token|apikey|key|splunk|digest)\s{1,3})?(?<value>[^\s"'$<>{}(),;][^\s"'<>{},;]{7,})/i, "RFC 9110", "Author·ization: Bearer <a24>", "Author·ization: Bearer $TOKEN", isNoWord],
  ["bearer", "a secret", /\bbearer\s{1,3}(?<value>[A-Za-z0-9_.~+/=-]{16,})/i, "RFC 6750", "bear·er <a24>", "bear·er authentication", isNoWord],
  ["basic", "a secret", /\bbasic\s{1,3}(?<value>[A-Za-z0-9+/]{8,}={0,2})/i, "RFC 7617", "bas·ic YWRtaW46aHVudGVyMg==", "basic authentication", isPair],
  ["header", "a secret", /\bx-[a-z-]{0,30}(?:key|token|secret|auth)["']?\s{0,3}:\s{0,3}["']?(?<value>[^\s"'$<>{}(),;]{6,})/i, "detect-secrets, keyword", "X-Api-Key·: <a24>", "X-Api-Key: $KEY", isNoWord],
  ["docker-auth", "a registry's password", /"auth"\s{0,3}:\s{0,3}"(?<value>[A-Za-z0-9+/]{8,}={0,2})"/, "Kubernetes, kubernetes.io/dockerconfigjson", "\"au·th\": \"YWRtaW46aHVudGVyMg==\"", "\"auth\": \"\""],
  ["npmrc", "a registry's password", /:_(?:auth|authToken|password)\s{0,3}=\s{0,3}(?<value>[^\s$"'{][^\s"']{5,})/, "npm, .npmrc", "//registry.example.com/:_au·th=<a24>", "//registry.example.com/:_auth=${NPM_AUTH}"],
  ["curl-user", "a password", /\b(?:curl|http|wget)\b[^\n]{0,120}?\s(?:-[a-zA-Z]{0,8}u|--user|-a|--proxy-user|-U)[\s=]{0,2}["']?[^\s:"'$]{1,60}:(?<value>[^\s"'$<{][^\s"']{2,})/, "curl(1); gitleaks", "cu·rl -u admin:hunter2 https://example.com", "curl -u admin:$PASSWORD https://example.com"],
  ["command-password", "a password", /\b(?:sshpass|docker|podman|buildah|skopeo|nerdctl|crane|oras|helm|oc|az|argocd)\b[^\n]{0,80}?\s(?:-p|--password)[\s=]{0,2}["']?(?<value>[^\s"'$<{-][^\s"']{3,})/, "sshpass(1), docker-login(1)", "dock·er login -u me -p hunter2", "docker login -u me -p $PASSWORD", (value) => isNoWord(value) && !/^[\d.:/-]+(?:tcp|udp)?$/.test(value)],
  ["database-password", "a password", /\b(?:mysql|mysqldump|mysqladmin|mariadb)\b[^\n]{0,120}?\s-p["']?(?<value>[^\s"'$<{-][^\s"']{2,})/, "mysql(1)", "my·sql -u root -phunter2 x", "mysql -u root -p x"],
  ["redis-password", "a password", /\b(?:redis-cli|ldapsearch|ldapadd|ldapmodify|ldapwhoami)\b[^\n]{0,120}?\s-[aw]\s{1,3}["']?(?<value>[^\s"'$<{-][^\s"']{2,})/, "redis-cli(1), ldapsearch(1)", "redis·-cli -h cache -a hunter2", "redis-cli -h cache -a $PASSWORD"],
  ["htpasswd-command", "a password", /\bhtpasswd\s{1,3}(?:-[a-zA-Z]{0,6}b[a-zA-Z]{0,6}\s[^\s"']{1,80}|-(?:nb|bn|nbB|Bbn|nbm)[a-zA-Z]{0,2})\s[^\s"']{1,80}\s["']?(?<value>[^\s"'$<{-][^\s"']{2,})/, "htpasswd(1)", "htpa·sswd -b /etc/users admin hunter2", "htpasswd -b /etc/users admin $PASSWORD"],
  ["piped", "a password", /\b(?:echo|printf)\s{1,3}(?:-\w{1,3}\s{1,3})?["']?(?:[\w.-]{1,40}:)?(?<value>[^\s"'$<|{][^\s"'|]{2,})["']?\s{0,3}\|\s{0,3}[^\n]{0,80}?(?:--password-stdin|chpasswd|passwd\s{1,3}--stdin|sudo -S|gh\s{1,3}auth\s{1,3}login\s[^\n]{0,40}?--with-token)/, "docker-login(1), chpasswd(8)", "ec·ho hunter2 | docker login --password-stdin", "echo $PASSWORD | docker login --password-stdin"],
  ["openssl-pass", "a password", /\s-pass(?:in|out)?\s{1,3}["']?pass:(?<value>[^\s"'$]{3,})/, "openssl-passphrase-options(1)", "openssl enc -pass pa·ss:hunter2", "openssl enc -pass env:PASSWORD"],
  ["openssl-key", "a password", /\bopenssl\s{1,3}enc\b[^\n]{0,120}?\s-[kK]\s{1,3}["']?(?<value>[^\s"'$<{-][^\s"']{2,})/, "openssl-enc(1)", "open·ssl enc -aes-256-cbc -k hunter2", "openssl enc -aes-256-cbc -k $PASSWORD"],
  ["aws-configure", "an AWS secret access key", /\baws\s{1,3}configure\s{1,3}set\s{1,3}(?:aws_secret_access_key|aws_session_token)\s{1,3}["']?(?<value>[A-Za-z0-9/+=]{16,})/, "aws configure set", "aws conf·igure set aws_secret_access_key <a40>", "aws conf·igure set aws_secret_access_key $KEY"],
  ["kubeconfig", "a private key", /\bclient-key-data\s{0,3}:\s{0,3}["']?(?<value>[A-Za-z0-9+/]{60,}={0,2})/, "Kubernetes, kubeconfig", "client-key·-data: <a80>", "client-key-data: REDACTED"],
  ["rails-secret", "a secret", /\bsecret_key_base["']?\s{0,3}:\s{0,3}["']?(?<value>[0-9a-f]{64,})/i, "Rails, secrets.yml", "secret_key·_base: <h128>", "secret_key_base: $SECRET_KEY_BASE"],
  ["secure-string", "a password", /\bConvertTo-SecureString\s{1,3}(?:-String\s{1,3})?["']?(?<value>[^\s"'$(]{3,})/i, "PowerShell, ConvertTo-SecureString", "Convert·To-SecureString 'hunter2' -AsPlainText", "ConvertTo-SecureString $password -AsPlainText"],
  ["net-user", "a password", /\bnet\s{1,3}user\s{1,3}[\w.-]{1,40}\s{1,3}["']?(?<value>[^\s"'$/%]{4,})["']?\s{1,3}\/add/i, "Windows, net user", "net us·er admin hunter2 /add", "net user admin %PASSWORD% /add"],
  ["netrc", "a password", /\bmachine\s{1,3}\S{1,100}\s{1,9}login\s{1,3}\S{1,100}\s{1,9}password\s{1,3}(?<value>[^\s$<{]\S{2,})/, "netrc(5)", "machine example.com log·in me password hunter2", "machine example.com login me password $PASSWORD"],
  ["pgpass", "a password", /(?<![\w.:/-])[\w.*-]{1,80}:(?:5432|\*):[\w*-]{1,60}:[\w*-]{1,60}:(?<value>[^\s:$<{]{4,})/, "PostgreSQL, .pgpass", "db.example.com:54·32:app:me:hunter2", "db.example.com:5432:app:me:$PASSWORD"],
  ["sql", "a password", /\b(?:identified(?:\s{1,3}with\s{1,3}\w{1,30})?\s{1,3}by|password)\s{1,3}'(?<value>[^\s'$<{]{3,})'/i, "SQL, CREATE USER", "CREATE USER me IDENT·IFIED BY 'hunter2'", "CREATE USER me IDENTIFIED BY '$PASSWORD'"],
  ["xml", "a secret", /<[\w:-]{0,40}?(?:password|passwd|passphrase|token|secret|apikey|privatekey)>(?:\s{0,40}<value>)?(?<value>[^\s<>${&][^\s<>{]{3,199})</i, "XML 1.0", "<pass·word>hunter2</password>", "<password>${PASSWORD}</password>"],
  ["bcrypt", "a password's hash", /\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}/, "crypt(5)", "$2·b$12$<a53>", "$2·b$12$<a9>"],
  ["crypt", "a password's hash", /\$(?:apr1|[156y])\$[^\s$:]{1,40}\$[./A-Za-z0-9]{20,}/, "crypt(5)", "$·6$salt$<a86>", "$·6$salt"],
  ["argon2", "a password's hash", /\$argon2(?:id|i|d)\$v=\d{1,3}\$[^\s$]{1,60}\$[^\s$]{8,}\$[^\s$]{16,}/, "RFC 9106", "$arg·on2id$v=19$m=65536,t=2,p=1$<a22>$<a43>", "$arg·on2id$v=19"],
  ["option", "a secret", /(?<![\w-])--?(?:[a-z0-9]{1,20}[-_.]){0,4}(?:password|passwd|passphrase|pass|pwd|token|secret|api-?key|access-?key|secret-?key)\s{1,3}["']?(?<value>[^\s"'$/{}<>()=~*.%,;&|-][^\s"',;&)}|]{5,})/i, "detect-secrets, keyword", "server --admin-pass·word hunter2", "server --token webhook", isNoWord],
  // A value that begins like a reference, or is a switch, is no secret; `secret` is mostly the label of a name or the end of
  // another word, so only an option of exactly that name counts.
  ["assignment", "a secret", /(?:(?:password|passwd|passphrase|(?<![a-z])pwd|(?<=[_.-])pass|(?<![\w])pass|token|api[_-]?key|(?:access|secret|private|account|signing|encryption|master|shared|auth)_?key|(?:client|cookie|session|jwt|shared|app|api|consumer|hmac|webhook)[_-]?secret)["']?\s{0,3}=\s{0,3}["']?|(?<![\w.-])(?:--?)?secret=)(?!(?:true|false|null|none|yes|no)\b|(?:arn|ssm|file|env|vault):)(?<value>[^\s"'$/{}<>()=~*.%,;&][^\s"',;&)}]{3,})/i, "detect-secrets, keyword; gitleaks, generic-api-key", "server --admin-pass·word=hunter2", "server --admin-password=$(PASSWORD)"],
];

export const writtenSecrets: readonly SecretRule[] = ROWS.map(([id, what, shape, source, like, unlike, counts]) => ({
  id,
  what,
  shape,
  source,
  like,
  unlike,
  instead: id === "aws-secret-key" ? BY_ROLE : IN_SECRETS_MANAGER,
  ...(counts && { counts }),
}));
