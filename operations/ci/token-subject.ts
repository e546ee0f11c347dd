import { GITHUB_ISSUER, githubSubject } from "../../fleet/accounts/federations";
import type { Account } from "../../fleet/model/cluster";
import { isMap } from "../../language/plain-map";
import { listed } from "../../language/suggest";

type Repository = NonNullable<NonNullable<Account["bootstrap"]>["github"]>[number];

/** `repo:owner/name:` or `repo:owner@1/name@2:`, and after it what GitHub writes by default. */
const SUBJECT = /^repo:([^/@:]+)(?:@(\d+))?\/([^/@:]+)(?:@(\d+))?:(?:ref|environment|pull_request)(?::|$)/;

/**
 * Returns the reason why AWS would refuse a GitHub token for every role of an account, with advice. AWS itself only reports "not
 * authorized". Undefined if AWS would accept it, or if `fleet bootstrap` did not create the account's roles.
 */
export function subjectMistake({ bootstrap, name }: Account, token: string): string | undefined {
  const { iss, sub } = payloadOf(token);
  if (typeof sub !== "string" || typeof iss !== "string") return undefined;
  const ofIssuer = (bootstrap?.github ?? []).filter(({ issuer = GITHUB_ISSUER }) => issuer === iss);
  if (
    bootstrap === undefined ||
    ofIssuer.some((item) => sub.startsWith(`${githubSubject(item)}:`) && SUBJECT.test(sub))
  )
    return undefined;
  const [, owner = "", ownerId, repository = "", id] = SUBJECT.exec(sub) ?? [];
  const refused = `AWS would refuse the job: its token has the subject ${sub}`;
  const run = `in accounts/${name}.yaml, and run fleet bootstrap ${name}`;
  if (owner === "")
    return `${refused}, which is not GitHub's default. Set the repository back: gh api --method PUT repos/<owner>/<name>/actions/oidc/customization/sub -F use_default=true`;
  const full = `${owner}/${repository}`;
  const known = ofIssuer.find((item) => item.repository === full);
  if (known === undefined)
    return `${refused}, and the account trusts ${listed(ofIssuer.map((item) => item.repository))}. Add ${full} to bootstrap.github ${run}`;
  return `${refused}, but the account trusts ${githubSubject(known)}. ${idsOf(ownerId, id, full)} ${run}`;
}

function idsOf(owner: string | undefined, repository: string | undefined, name: Repository["repository"]): string {
  return owner === undefined || repository === undefined
    ? `Remove ids of ${name} from bootstrap.github`
    : `Set ids: { owner: ${owner}, repository: ${repository} } for ${name} in bootstrap.github`;
}

/** Returns the claims of a JSON Web Token. The signature is not verified: the claims only appear in messages. */
function payloadOf(token: string): Readonly<Record<string, unknown>> {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
    return isMap(claims) ? claims : {};
  } catch {
    return {};
  }
}
