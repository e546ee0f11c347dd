/**
 * Beginnings and other short parts of the forms of secrets. One search for all of them is far cheaper than one for each form, and
 * nearly every file contains none. A form that none of them announces is never looked for; a test tries each form's example.
 */
const WORD_STARTS = [
  "A(?:KIA|SIA|BIA|CCA|BSK|Iza|KID|QVN|VNS|KC[a-zA-Z0-9]{20}|TATT|TBB|TCTT|PI-|GE-S|3-|piKey|ccountKey)",
  "I(?:QoJ|DENTIF)|F(?:[wQ]oG|LWSECK)|L(?:S0t|TAI)|P(?:uTTY|MAK)|G(?:OCSPX|R1348|enieKey)|YC[AM]|SCW|HRKU|HCLOUD|CLOJARS|CCIP|CFPAT|NR[AIJBRS]|SG\\.|SSWS|SK[0-9a-f]{8}|E(?:AAA|AA[A-Za-z0-9]{40}|Z[AT]K)",
  "(?:[MNO][A-Za-z\\d_-]{23,25}|pat[A-Za-z0-9]{14}|[ps]at|hv[bsr]|ya29|t1|sl|dp|snyk_(?:uat|sat)|dt0[a-z]\\d\\d)\\.",
  "[sb]\\.[A-Za-z0-9]{24}|0\\.[0-9a-f]{8}-|v1\\.0-|1\\/\\/0|[0-2]\\/\\d{16}|4b1d|sha256~|\\d{8,10}:AA",
  "d(?:o[opr]_v1|ose[a-f0-9]{8}|api[a-f0-9]{8}|ckr_|iscord(?:app)?\\.com|dp|nkey-|uffel_)|bedrock-api|kubeadm|kubeconfig-u|token-[a-z0-9]{5}:|u\\+",
  "(?:y[0-3]|fo1|fm[12][ar]?|rnd|pscale|sbp?|vc[piark]|nf[pcoub]|mdb|gh[pousr]|github_pat|npm|rubygems|bk[uac][ajt]|sgp|sq[uap]|pn[ub]|ops|wandb|cf(?:k|ut|at)|gl(?:sa|c)|hc[a-z]i[kc]|ph[xsa]|gsk|r8|fw|tgp|lsv2|pcsk|jina|hf|api_org|re|[rs]k|whsec|shp[a-z]{2,3}|rzp|shippo|lin|ntn|secret|tfp|rdme|sm|fig[dour]r?|sntr[a-z]{2})_",
  "(?:gl[a-z]{2,5}|pypi|pul|ico|tskey|x(?:ox[a-z]|app)|sk|pplx|xai|nvapi|xkeysib|key|md|access|pat|fio|p8e|tk|s-s4t2[a-z]{2}|(?:sdk|mob|api)-[0-9a-f]{8})[-.]",
  "(?:cflt|cmVmd|eyAi|ewo|cio|oy2|eyJ|access_token\\$|sq0)[A-Za-z0-9$]|hooks\\.|webhook\\.office|outlook\\.office|chat\\.googleapis|events\\.|alert\\.victorops|maker\\.ifttt|hc-ping|api\\.telegram",
  // Commands, headers and statements.
  "[aA](?:uthorization|UTHORIZATION)\\W|[bB](?:earer|asic)\\s|BEARER\\s|[xX]-[A-Za-z-]{2,34}[\"']?\\s{0,3}:|[cC]onvert[tT]o-[sS]ecure|net\\s{1,3}user|machine\\s{1,3}\\S{1,100}\\s{1,9}login|(?:echo|printf)\\s[^\\n]{0,200}\\||[iI]dentified|identified",
  "client-key-data|secret_key_base|aws\\s{1,3}configure|openssl\\s{1,3}enc|K10[0-9a-f]{64}|napi_|sk\\.eyJ|loggly\\.com|betterstack\\.com",
  "(?:curl|http|wget|sshpass|docker|podman|buildah|skopeo|nerdctl|crane|oras|helm|oc|az|argocd|my[a-z]{3,9}|mariadb|redis-cli|ldap[a-z]{3,6}|htpasswd)[ \\t][^\\n]{0,120}?\\s?-",
];

const ANYWHERE = [
  ":\\/\\/(?:[^\\s/@]{20,201}@|[^\\s/@]{0,100}:[^\\s/@]{3,200}@|[^\\s/]{4,80}\\/hooks\\/)|:_auth|:_pass|:(?:5432|\\*):|[?&](?:[sS]ig|X-Amz|access_token|auth|api|secret|code|key)",
  '-----BEGIN |"(?:auth|kty|private_key_id)"|-pass(?:in|out)?\\s|_gitlab_session',
  ":oracle:\\w{1,10}:[^\\s/@]{1,60}\\/",
  "\\$(?:2[abxy]?|apr1|[156y]|argon2i?d?)\\$",
  "=(?<=(?:[wW]ord|WORD|[wW]d|WD|[pP]hrase|PHRASE|[tT]oken|TOKEN|[kK]ey|KEY|[sS]ecret|SECRET|[pP]ass|PASS)[\"']?\\s{0,3}=)\\s{0,3}[\"']?[^\\s=/${<]\\S{3}",
  "\\.(?:atlasv1\\.|(?<=\\b[a-z0-9]{6}\\.)[a-z0-9]{16}(?![\\w.-]))|JQQJ99|Q~(?<=\\dQ~)|-us\\d(?<=[a-f0-9]{32}-us\\d)|[a-fF0-9]NRAL|_mmk\\b",
  "(?:AzCa|AzFu|AzSe|APIM|ACDb|\\+A(?:MC|St|CR|Eh|Rm))(?<=[A-Za-z0-9+/]{24})",
  "[-_.](?:[pP]ass|PASS|[pP]wd|[tT]oken|[sS]ecret|[aA]pi-?[kK]ey|[aA]ccess-?[kK]ey|[sS]ecret-?[kK]ey)[a-zA-Z]{0,6}\\s{1,3}[\"']?[A-Za-z0-9+][^\\s\"']{5}|(?:assword|ASSWORD)[>']|(?:assword|ASSWORD)\\s{1,3}'|<\\/|ecret_?[aA]ccess|ECRET_ACCESS",
];

const HINTS = [`\\b(?:${WORD_STARTS.join("|")})`, ...ANYWHERE].map((part) => new RegExp(part));

/** True if a part of a text announces a secret. Several searches that each begin at few characters are faster than one for all. */
export function announcesSecret(text: string): boolean {
  return HINTS.some((hint) => hint.test(text));
}
