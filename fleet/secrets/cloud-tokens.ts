import { BY_CERT_MANAGER, BY_ROLE, type TokenRow, tokenRules } from "./rule";

// biome-ignore format: a table
const AWS: readonly TokenRow[] = [
  ["aws-key-id", "an AWS access key", /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/, "AK·IA<u16>", "AK·IA<u9>"],
  ["aws-bedrock", "an Amazon Bedrock key", /\bABSK[A-Za-z0-9+/]{60,}/, "AB·SK<a110>", "AB·SK<a20>"],
  ["aws-bedrock-session", "an Amazon Bedrock key", /\bbedrock-api-key-[A-Za-z0-9+/]{30,}/, "bedrock-·api-key-<a60>", "bedrock-·api-key-name"],
  ["aws-presigned", "a presigned AWS address", /[?&]X-Amz-(?:Signature=[0-9a-f]{64}|Security-Token=[\w%+/=-]{60,})/i, "?X-·Amz-Signature=<h64>", "?X-·Amz-Signature=<h9>"],
  ["aws-session", "an AWS session token", /\b(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz)[A-Za-z0-9+/=]{40,}/, "IQo·Jb3JpZ2lu<a90>", "IQo·Jb3JpZ2lu"],
];

// biome-ignore format: a table
const KEYS: readonly TokenRow[] = [
  ["private-key", "a private key", /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/, "-----BEGIN RSA PRIV·ATE KEY-----", "-----BEGIN PUBLIC KEY-----"],
  ["private-key-base64", "a private key", /\bLS0tLS1CRUdJTiB(?:QUklWQVRF|SU0Eg|FQyBQ|PUEVOU1NI|EU0Eg|FTkNSWVBU|QR1Ag)/, "LS0tLS1CRUdJTiBS·U0EgUFJJVkFURSBLRVkt", "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t"],
  ["openvpn-key", "a private key", /-----BEGIN OpenVPN Static key V1-----/, "-----BEGIN Open·VPN Static key V1-----", "-----BEGIN CERTIFICATE-----"],
  ["putty-key", "a private key", /\bPuTTY-User-Key-File-\d:/, "PuTTY-User-·Key-File-3: ssh-ed25519", "a PuTTY key"],
  ["jwk", "a private key", /"kty"\s{0,3}:\s{0,3}"(?:RSA|EC|OKP|oct)"[^\n]{0,900}?"[dk]"\s{0,3}:\s{0,3}"[\w-]{20,}"/, "\"kty\":\"EC\",\"crv\":\"P-256\",\"·d\":\"<w43>\"", "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"<w43>\""],
];

// biome-ignore format: a table
const OTHERS: readonly TokenRow[] = [
  ["google-api", "a Google API key", /\bAIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9])/, "AI·za<w35>", "AI·za<w9>"],
  ["google-oauth", "a Google OAuth secret", /\bGOCSPX-[A-Za-z0-9_-]{20,}/, "GOC·SPX-<w28>", "GOC·SPX-<w9>"],
  ["google-access", "a Google access token", /\bya29\.[A-Za-z0-9_-]{30,}/, "ya·29.<w60>", "ya·29.<w9>"],
  ["google-refresh", "a Google refresh token", /(?<!\w)1\/\/0[A-Za-z0-9_-]{40,}/, "1/·/0<w60>", "1/·/0<w9>"],
  ["google-service-account", "a private key", /"private_key_id"\s{0,3}:\s{0,3}"[0-9a-f]{40}"/, "\"private_·key_id\": \"<h40>\"", "\"private_·key_id\": \"\""],
  ["azure-ad", "a Microsoft Entra secret", /(?<![\w~.])[A-Za-z0-9_~.]{3}\dQ~[A-Za-z0-9_~.-]{31,34}/, "<a3>8·Q~<w34>", "<a3>8·Q~<w9>"],
  ["azure-storage", "an Azure storage key", /\b(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{30,}={0,2}/i, "Account·Key=<a86>==", "Account·Key=none"],
  ["azure-sas", "an Azure shared access signature", /[?&]sig=[A-Za-z0-9%+/=]{40,}/, "?sv=2024-01-01&s·ig=<a43>%3D", "?s·ig=<a9>"],
  ["azure-devops", "an Azure DevOps token", /\b[A-Za-z0-9]{52}JQQJ99[A-Za-z0-9]{26}\b/, "<a52>JQQ·J99<a26>", "JQQ·J99<a26>"],
  ["azure-key", "an Azure key", /\b[A-Za-z0-9+/]{20,60}(?:\+AMC|\+ASt|\+ACR|AzCa|AzFu|AzSe|\+AEh|\+ARm|APIM|ACDb)[A-Za-z0-9+/]{5,10}={0,2}/, "<a44>+·ASt<a6>==", "+·ASt<a6>"],
  ["digitalocean", "a DigitalOcean token", /\bdo[opr]_v1_[a-f0-9]{32,}/, "do·p_v1_<h64>", "do·p_v1_<h9>"],
  ["alibaba", "an Alibaba Cloud key", /\bLTAI[A-Za-z0-9]{17,21}\b/, "LT·AI<a20>", "LT·AI<a9>"],
  ["tencent", "a Tencent Cloud key", /\bAKID[A-Za-z0-9]{32}\b/, "AK·ID<a32>", "AK·ID<a9>"],
  ["yandex", "a Yandex Cloud key", /\b(?:AQVN[A-Za-z0-9_-]{35,38}|YCAJE[\w-]{20}|YCM[\w-]{37}|y[0-3]_[\w-]{55})(?![\w-])/, "AQ·VN<w36>", "AQ·VN<w9>"],
  ["yandex-iam", "a Yandex Cloud token", /\bt1\.[A-Za-z0-9_-]{4,2000}={0,2}\.[A-Za-z0-9_-]{86}/, "t·1.<w40>.<w86>", "t·1.<w40>"],
  ["scaleway", "a Scaleway key", /\bSCW[A-Z0-9]{17}\b/, "SC·W<u17>", "SC·W<u9>"],
  ["cloudflare-origin", "a Cloudflare key", /\bv1\.0-[a-f0-9]{24}-[a-f0-9]{100,}/, "v1·.0-<h24>-<h146>", "v1·.0-<h24>"],
  ["cloudflare", "a Cloudflare token", /\bcf(?:k|ut|at)_[A-Za-z0-9]{40}[a-f0-9]{8}\b/, "cf·ut_<a40><h8>", "cf·ut_<a12>"],
  ["heroku", "a Heroku key", /\bHRKU-AA[0-9a-zA-Z_-]{50,}/, "HR·KU-AA<w58>", "HR·KU-AA<w9>"],
  ["fly", "a Fly.io token", /\b(?:fo1_[\w-]{43}|fm[12][ar]?_[a-zA-Z0-9+/]{80,})/, "fo·1_<w43>", "fo·1_<w9>"],
  ["render", "a Render key", /\brnd_[A-Za-z0-9]{32}\b/, "rn·d_<a32>", "rn·d_<a9>"],
  ["planetscale", "a PlanetScale secret", /\bpscale_(?:tkn|oauth|pw)_[\w=.-]{32,}/, "psca·le_pw_<w43>", "psca·le_pw_<w9>"],
  ["databricks", "a Databricks token", /\bdapi[a-f0-9]{32}(?:-\d)?\b/, "da·pi<h32>", "da·pi<h9>"],
  ["databricks-oauth", "a Databricks secret", /\bdose[a-f0-9]{32}\b/, "do·se<h32>", "do·se<h9>"],
  ["clickhouse", "a ClickHouse Cloud key", /\b4b1d[A-Za-z0-9]{38}\b/, "4b·1d<a38>", "4b·1d<a9>"],
  ["supabase", "a Supabase key", /\bsb(?:p_[a-f0-9]{40}|_secret_[A-Za-z0-9_-]{20,})/, "sb·p_<h40>", "sb·_publishable_<a30>"],
  ["aiven", "an Aiven secret", /\bAVNS_[A-Za-z0-9_-]{16,}/, "AV·NS_<w19>", "AV·NS_<w6>"],
  ["vercel", "a Vercel token", /\b(?:vcp|vci|vca|vcr|vck)_[A-Za-z0-9]{24,}/, "vc·p_<a56>", "vc·p_<a9>"],
  ["netlify", "a Netlify token", /\bnf[pcoub]_[A-Za-z0-9_-]{36}/, "nf·p_<w36>", "nf·p_<w9>"],
  ["mongodb-atlas", "a MongoDB Atlas secret", /\bmdb_sa_sk_[A-Za-z0-9_-]{40}/, "mdb·_sa_sk_<w40>", "mdb·_sa_sk_<w9>"],
  ["confluent", "a Confluent secret", /\bcflt[A-Za-z0-9+/]{60}/, "cf·lt<a60>", "cf·lt<a9>"],
  ["hetzner", "a Hetzner Cloud token", /\bHCLOUD_TOKEN=[A-Za-z0-9]{64}/, "HCLOUD_·TOKEN=<a64>", "HCLOUD_·TOKEN=$TOKEN"],
];

const SOURCE = "gitleaks, trufflehog, GitHub's supported secret scanning patterns";

/** Keys and tokens of clouds, and private keys. */
export const cloudTokens = [
  ...tokenRules("AWS IAM, reference of identifiers; gitleaks", AWS, BY_ROLE),
  ...tokenRules("RFC 7468, RFC 7517, OpenVPN, PuTTY; gitleaks", KEYS, BY_CERT_MANAGER),
  ...tokenRules(SOURCE, OTHERS),
];
