import type { Cluster } from "../../fleet/model/cluster";
import { isMap } from "../../language/plain-map";
import { type Aws, answerOf } from "./answer";
import { commonCure } from "./common-cure";
import type { Check } from "./report";
import type { RunCommand } from "./tools";

/** The address of a control plane and the certificate of its authority; undefined if AWS does not return them. */
export function endpointOf(
  { slug, tfvars }: Cluster,
  run: RunCommand,
): { readonly url: string; readonly ca: string } | undefined {
  const region = tfvars.common.aws_region;
  const answer = answerOf(
    run("aws", ["eks", "describe-cluster", "--name", slug, "--region", region, "--output", "json"]),
  );
  const described = "failed" in answer ? undefined : answer.value["cluster"];
  if (!isMap(described) || described["status"] !== "ACTIVE" || typeof described["endpoint"] !== "string")
    return undefined;
  const authority = described["certificateAuthority"];
  const ca = isMap(authority) ? String(authority["data"]) : "";
  return { url: described["endpoint"], ca: Buffer.from(ca, "base64").toString() };
}

/** Reports whether the API of a cluster answers from here. Any answer counts, because no credentials are sent. */
export function reachCheck({ name, tfvars }: Cluster, failure: string | undefined): Check {
  const check = `${name}: API from here`;
  if (failure === undefined) return { name: check, result: "ok", found: "answers", cure: null };
  const { endpoint_public_access } = tfvars.cluster;
  return {
    name: check,
    result: "problem",
    found: failure,
    cure: endpoint_public_access
      ? "Add your address to public_access_cidrs, or connect to the VPC. The stack addons calls the API"
      : "The endpoint is private: connect to the VPC, and add your network to private_access_cidrs. docs/getting-started.md shows three ways. The stack addons calls the API",
  };
}

export function checkEndpoint({ account, name, slug, tfvars }: Cluster, aws: Aws): Check {
  const check = `${name}: control plane`;
  const answer = aws(["eks", "describe-cluster", "--name", slug, "--region", tfvars.common.aws_region]);
  if ("failed" in answer)
    return answer.failed.includes("ResourceNotFoundException")
      ? { name: check, result: "skipped", found: `not in ${account.name} yet`, cure: null }
      : {
          name: check,
          result: "problem",
          found: answer.failed,
          cure:
            commonCure(answer.failed) ??
            "Allow eks:DescribeCluster to your role, or use credentials of the role deploy",
        };
  const described = answer.value["cluster"];
  const status = isMap(described) ? String(described["status"]) : "unknown";
  const version = isMap(described) ? String(described["version"]) : "unknown";
  const wanted = tfvars.cluster.kubernetes_version;
  if (status !== "ACTIVE")
    return {
      name: check,
      result: "problem",
      found: status,
      cure: ["CREATING", "UPDATING", "DELETING", "PENDING"].includes(status)
        ? "Wait until EKS has finished, and run fleet doctor again"
        : `See the reasons with aws eks describe-cluster --name ${slug} --region ${tfvars.common.aws_region} --query cluster.health. A cluster whose creation failed must be deleted: then run fleet deploy ${name}`,
    };
  return version === wanted
    ? { name: check, result: "ok", found: `${status}, Kubernetes ${version}`, cure: null }
    : {
        name: check,
        result: "problem",
        found: `Kubernetes ${version}, and the definition has ${wanted}`,
        cure: isLater(version, wanted)
          ? `EKS does not go back with a deploy. Set kubernetes_version: "${version}" in the definition, with a release that supports it`
          : `fleet plan ${name} shows the difference; fleet deploy ${name} applies it`,
      };
}

/** Compares minor versions, such as 1.35. */
function isLater(version: string, than: string): boolean {
  const minor = (each: string): number => Number(each.split(".")[1]);
  return minor(version) > minor(than);
}
