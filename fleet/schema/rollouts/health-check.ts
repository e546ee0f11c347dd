import { z } from "zod";
import { variableName } from "../../../language/words/ci";
import { dnsLabel } from "../../../language/words/kubernetes";
import { durationFrom } from "../../../language/words/schedules";

/** Kinds of health checks. */
export const HEALTH_CHECKS = ["stacks", "nodes", "addons", "alerts", "url", "command"] as const;

const address = z
  .string()
  .max(2000)
  .regex(/^https?:\/\/[^\s/?#@]+(?:[/?][^\s#]*)?$/, "must be an http:// or https:// address without user and password");

export const healthCheck = z.strictObject({
  check: z
    .enum(HEALTH_CHECKS)
    .describe(
      "stacks: every stack is applied and its plan is empty. nodes: every node is ready. addons: the workloads in the addons' namespaces are available. alerts: no alert fires. url: an address answers. command: a command ends with exit code 0.",
    ),
  timeout: durationFrom("1s", "24h").describe(
    "How long the check is repeated until it is healthy. After that, no answer is inconclusive, and a bad answer is unhealthy.",
  ),
  url: address
    .optional()
    .describe(
      "For url and alerts: the address. `{cluster}`, `{slug}`, `{region}` and `{account}` stand for those of the cluster.",
    ),
  status: z
    .int()
    .min(100)
    .max(599)
    .optional()
    .describe("For url: the expected HTTP status. Default: any from 200 to 299."),
  contains: z.string().min(1).max(500).optional().describe("For url: text that the answer must contain."),
  api: z
    .enum(["alertmanager", "prometheus"])
    .optional()
    .describe("For alerts: whose HTTP API the address has. Default: alertmanager."),
  severities: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe("For alerts: values of the label `severity` that count. Default: critical and warning."),
  labels: z
    .record(z.string(), z.string())
    .optional()
    .describe(
      "For alerts: labels that an alert must have to count, such as `cluster: '{slug}'` if several clusters send to one Alertmanager.",
    ),
  heartbeat: z
    .string()
    .min(1)
    .optional()
    .describe(
      "For alerts: name of an alert that always fires, such as Watchdog. Without it, silence is inconclusive, because alerts may not be evaluated.",
    ),
  token_variable: variableName
    .optional()
    .describe("For url and alerts: environment variable whose value is sent as a bearer token, to https:// only."),
  command: z
    .array(z.string().min(1).max(1000))
    .min(1)
    .optional()
    .describe(
      "For command: the program and its arguments, which no shell reads. `{cluster}`, `{slug}`, `{region}` and `{account}` are replaced in arguments. It runs with the rights of the runner.",
    ),
  namespaces: z
    .array(dnsLabel)
    .min(1)
    .optional()
    .describe("For addons: namespaces to look at. Default: kube-system and those of the cluster's addons."),
  context: z
    .string()
    .min(1)
    .optional()
    .describe(
      "For nodes and addons: context of kubectl. Default: the cluster's ARN, as `aws eks update-kubeconfig` names it.",
    ),
});

/** The keys of each check besides `check` and `timeout`. */
export const KEYS_OF_CHECKS: Readonly<
  Record<(typeof HEALTH_CHECKS)[number], { readonly required: readonly string[]; readonly optional: readonly string[] }>
> = {
  stacks: { required: [], optional: [] },
  nodes: { required: [], optional: ["context"] },
  addons: { required: [], optional: ["context", "namespaces"] },
  alerts: { required: ["url"], optional: ["api", "severities", "labels", "heartbeat", "token_variable"] },
  url: { required: ["url"], optional: ["status", "contains", "token_variable"] },
  command: { required: ["command"], optional: [] },
};
