import { z } from "zod";
import type { HealthCheck } from "../../../fleet/model/rollouts";
import { listed } from "../../../language/suggest";
import { filled, healthy, inconclusive, type Look, type Tools, unhealthy } from "./check";

/** Maximum number of bytes read from a response. */
const MOST_BYTES = 4 * 1024 * 1024;

/** Returns healthy if an address responds as expected. A redirect counts as the response, and is not followed. */
export const lookAtUrl: Look = async (check, cluster, tools, signal) => {
  const { status, text } = await get(filled(check.url ?? "", cluster), check, tools, signal);
  const expected = check.status === undefined ? status >= 200 && status <= 299 : status === check.status;
  if (!expected) return unhealthy(`HTTP ${status}, expected ${check.status ?? "200 to 299"}`);
  if (check.contains !== undefined && !text.includes(check.contains))
    return unhealthy(`HTTP ${status}, but the answer does not contain ${JSON.stringify(check.contains)}`);
  return healthy(`HTTP ${status}`);
};

const alertLabels = z.record(z.string(), z.string());
const ofAlertmanager = z.array(z.object({ labels: alertLabels }));
const ofPrometheus = z.object({
  status: z.literal("success"),
  data: z.object({ alerts: z.array(z.object({ labels: alertLabels, state: z.string() })) }),
});

const SEVERITIES: readonly string[] = ["critical", "warning"];

/** Healthy if no alert of the cluster fires. Silenced and inhibited alerts of Alertmanager do not count. */
export const lookAtAlerts: Look = async (check, cluster, tools, signal) => {
  const alerts = await firing(check, filled(check.url ?? "", cluster), tools, signal);
  if (typeof alerts === "string") return inconclusive(alerts);
  const wanted = Object.entries(check.labels ?? {}).map(([key, text]) => [key, filled(text, cluster)] as const);
  const own = alerts.filter((labels) => wanted.every(([key, value]) => labels[key] === value));
  const { heartbeat, severities = SEVERITIES } = check;
  const bad = own.filter(
    ({ alertname = "", severity = "" }) => alertname !== heartbeat && severities.includes(severity),
  );
  if (bad.length > 0) return unhealthy(`alerts fire: ${listed(namesOf(bad), 5)}`);
  if (heartbeat !== undefined && !own.some(({ alertname }) => alertname === heartbeat))
    return inconclusive(`${heartbeat} does not fire, so that alerts may not be evaluated`);
  return healthy(`no alert of severity ${severities.join(" or ")} fires`);
};

type Labels = z.infer<typeof alertLabels>;

function namesOf(alerts: readonly Labels[]): string[] {
  return [
    ...new Set(alerts.map(({ alertname = "without a name", severity = "" }) => `${alertname} (${severity})`)),
  ].sort();
}

/** Returns the labels of each alert that fires, or why they are unknown. */
async function firing(
  check: HealthCheck,
  url: string,
  tools: Tools,
  signal: AbortSignal,
): Promise<readonly Labels[] | string> {
  const base = url.replace(/\/$/, "");
  const prometheus = check.api === "prometheus";
  const address = prometheus
    ? `${base}/api/v1/alerts`
    : `${base}/api/v2/alerts?active=true&silenced=false&inhibited=false`;
  const { status, text } = await get(address, check, tools, signal);
  if (status !== 200) return `HTTP ${status} instead of a list of alerts`;
  const answer = parsed(text);
  if (prometheus) {
    const read = ofPrometheus.safeParse(answer);
    if (!read.success) return "the answer is no list of alerts of Prometheus";
    return read.data.data.alerts.flatMap(({ labels, state }) => (state === "firing" ? [labels] : []));
  }
  const read = ofAlertmanager.safeParse(answer);
  return read.success ? read.data.map(({ labels }) => labels) : "the answer is no list of alerts of Alertmanager";
}

async function get(
  url: string,
  { token_variable }: HealthCheck,
  { environment }: Tools,
  signal: AbortSignal,
): Promise<{ readonly status: number; readonly text: string }> {
  const token = token_variable === undefined ? undefined : environment[token_variable];
  if (token_variable !== undefined && !token) throw new Error(`${token_variable} is not set`);
  const headers = { accept: "application/json, */*", ...(token && { authorization: `Bearer ${token}` }) };
  const answer = await fetch(url, { headers, redirect: "manual", signal });
  return { status: answer.status, text: await beginning(answer) };
}

async function beginning({ body }: Response): Promise<string> {
  if (body === null) return "";
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body as unknown as AsyncIterable<Uint8Array>) {
    parts.push(part);
    size += part.length;
    if (size > MOST_BYTES) throw new Error(`the answer is larger than ${MOST_BYTES / 1024 / 1024} MiB`);
  }
  return Buffer.concat(parts).toString("utf8");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
