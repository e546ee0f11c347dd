import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { OidcProvider } from "../../fleet/accounts/identities";

/** The OIDC providers of an account: IAM trusts the tokens of these issuers. Construct ids are their hosts. */
export class Issuers extends Construct {
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, providers: readonly OidcProvider[]) {
    super(scope, id);
    this.ready = providers.map(
      ({ audiences, host, thumbprints, url }) =>
        new IamOpenidConnectProvider(this, host, {
          url,
          clientIdList: [...audiences],
          ...(thumbprints.length > 0 && { thumbprintList: [...thumbprints] }),
        }),
    );
  }
}
