import { z } from "zod";
import { dnsLabel, metricLabel, objectName } from "../../language/words/kubernetes";
import { httpAddress } from "../../language/words/network";
import { plainText } from "../../language/words/text";
import { secretKey } from "../parts/secret-reference";

const matcher = plainText.regex(
  /^\s*[A-Za-z_]\w*\s*(?:=~|!~|!=|=).*$/,
  'must be a matcher, such as team = "search" or alertname =~ "Node.+"',
);
const matchers = z.array(matcher).min(1);

const receiver = z.strictObject({
  name: plainText.describe("Name that routes call it by. Its list merges by it."),
  slack: z
    .strictObject({
      webhook: secretKey.describe("Holds the address of an incoming webhook."),
      channel: plainText.optional().describe("Channel such as `#alerts`; absent for the webhook's own."),
    })
    .optional()
    .describe("Sends to Slack."),
  pagerduty: z
    .strictObject({
      routing_key: secretKey.describe("Holds the integration key of a service (Events API v2)."),
      severity: z
        .enum(["critical", "error", "warning", "info"])
        .optional()
        .describe(
          "Severity of the incident; absent for the alert's own, and error where PagerDuty does not know that.",
        ),
    })
    .optional()
    .describe("Calls people by PagerDuty."),
  opsgenie: z
    .strictObject({
      api_key: secretKey.describe("Holds the key of an API integration."),
      region: z.enum(["us", "eu"]).describe("Where the account lives."),
    })
    .optional()
    .describe("Calls people by Opsgenie."),
  webhook: z
    .strictObject({
      url: httpAddress.optional().describe("Address that alerts are posted to, where it is no secret."),
      url_secret: secretKey.optional().describe("Holds the address, where whoever knows it may post."),
    })
    .optional()
    .describe("Posts Alertmanager's JSON to an address; one of url and url_secret."),
  email: z
    .strictObject({
      to: z.email().describe("Who gets it."),
      from: z.email().describe("Sender."),
      smarthost: plainText.describe("Mail server and port, such as email-smtp.eu-west-1.amazonaws.com:587."),
      username: plainText.optional().describe("Who logs in to it; absent for nobody."),
      password: secretKey.optional().describe("Holds the password of username."),
    })
    .optional()
    .describe("Sends mail."),
  custom: z
    .strictObject({
      config: z
        .record(
          z.string().regex(/^[a-z]+_configs$/, "must be a list of Alertmanager's, such as discord_configs"),
          z.array(z.record(z.string(), z.unknown())),
        )
        .refine((config) => !JSON.stringify(config).includes("${"), "must not hold ${, which Terraform would evaluate")
        .describe("Lists of a receiver as Alertmanager's own configuration has them, such as discord_configs."),
      secrets: z
        .array(objectName)
        .describe(
          "Secrets in the namespace monitoring to mount at /etc/alertmanager/secrets/<name>/<key>, for its *_file keys.",
        ),
    })
    .optional()
    .describe("Anything else that Alertmanager can send to."),
});

const route = z.strictObject({
  receiver: plainText.describe("Name of a receiver."),
  severities: z.array(metricLabel).min(1).optional().describe("Severities that go there; absent for all."),
  namespaces: z.array(dnsLabel).min(1).optional().describe("Namespaces whose alerts go there; absent for all."),
  matchers: matchers.optional().describe("Further conditions, in Alertmanager's own words; all must hold."),
  group_by: z
    .array(metricLabel)
    .min(1)
    .optional()
    .describe("Labels that make one message of alerts; absent for those of `alerting`."),
  repeat_interval_hours: z
    .int()
    .min(1)
    .optional()
    .describe("Hours until it is sent again; absent for that of `alerting`."),
  continue: z.boolean().optional().describe("Looks at the routes below too; absent for false."),
});

const inhibitRule = z.strictObject({
  source_matchers: matchers.describe("While an alert like this fires..."),
  target_matchers: matchers.describe("...alerts like this are not sent."),
  equal: z.array(metricLabel).describe("Labels that both must have alike."),
});

export const alerting = z.strictObject({
  receivers: z
    .array(receiver)
    .describe("Who hears of alerts. Empty: nobody, until values.alertmanager.config says who."),
  default_receiver: plainText.nullable().describe("Receiver of alerts that no route takes; null drops them."),
  routes: z.array(route).describe("Which alerts go where: the first that fits counts."),
  watchdog_receiver: plainText
    .nullable()
    .describe(
      "Receiver of the alert Watchdog, which always fires, every five minutes: a dead man's switch calls people when it stops coming. null for none.",
    ),
  group_by: z.array(metricLabel).min(1).describe("Labels that make one message of alerts."),
  group_wait_seconds: z.int().min(0).describe("Seconds that a new group waits for more alerts."),
  group_interval_minutes: z.int().min(1).describe("Minutes until news of a group is sent."),
  repeat_interval_hours: z.int().min(1).describe("Hours until an alert that still fires is sent again."),
  inhibit_rules: z
    .array(inhibitRule)
    .describe("Alerts that keep others quiet, besides: a worse severity keeps the same alert of a lesser one quiet."),
});

export type Alerting = z.output<typeof alerting>;
export type Receiver = z.output<typeof receiver>;
