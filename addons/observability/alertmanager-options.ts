import { z } from "zod";
import { dnsLabel, metricLabel, objectName } from "../../language/words/kubernetes";
import { hostAndPort } from "../../language/words/names";
import { httpAddress } from "../../language/words/network";
import { plainText } from "../../language/words/text";
import { secretKey } from "../parts/secret-reference";

const matcher = plainText
  .regex(/^\s*[A-Za-z_]\w*\s*(?:=~|!~|!=|=).*$/, 'must be a matcher, such as team = "search" or alertname =~ "Node.+"')
  .meta({ examples: ['team = "search"', 'alertname =~ "Node.+"'] });
const matchers = z.array(matcher).min(1);

/** A channel, a person or a template that Alertmanager fills in. Slack has no names with capitals or blanks. */
const slackTarget = plainText
  .regex(
    /^(?:[#@]?[^\s\p{Lu}#@{}]{1,80}|[CDGU][A-Z0-9]{8,20}|.*\{\{.*)$/u,
    'must be a channel, such as "#platform-alerts", a person or an id, in lower case and without blanks',
  )
  .meta({ examples: ["#platform-alerts"] });

const receiver = z.strictObject({
  name: plainText.describe("Name of the receiver, for routes. Layers merge receivers by name."),
  slack: z
    .strictObject({
      webhook: secretKey.describe("Holds the address of an incoming webhook."),
      channel: slackTarget.optional().describe("Channel, such as `#alerts`. Default: the webhook's own."),
    })
    .optional()
    .describe("Sends to Slack."),
  pagerduty: z
    .strictObject({
      routing_key: secretKey.describe("Holds the integration key of a service (Events API v2)."),
      severity: z
        .enum(["critical", "error", "warning", "info"])
        .optional()
        .describe("Severity of the incident. Default: the alert's own, or error if PagerDuty does not support it."),
    })
    .optional()
    .describe("Calls people by PagerDuty."),
  opsgenie: z
    .strictObject({
      api_key: secretKey.describe("Holds the key of an API integration."),
      region: z.enum(["us", "eu"]).describe("Region of the account."),
    })
    .optional()
    .describe("Calls people by Opsgenie."),
  webhook: z
    .strictObject({
      url: httpAddress.optional().describe("Address to post alerts to, if it is not secret."),
      url_secret: secretKey.optional().describe("Secret that contains the address, if it must not be public."),
    })
    .optional()
    .describe("Posts Alertmanager's JSON to an address; one of url and url_secret."),
  email: z
    .strictObject({
      to: z
        .email()
        .meta({ examples: ["search@example.com"] })
        .describe("Recipient."),
      from: z
        .email()
        .meta({ examples: ["alerts@example.com"] })
        .describe("Sender."),
      smarthost: hostAndPort.describe("Mail server and port."),
      username: plainText.optional().describe("User name for the mail server. Default: no login."),
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
        .describe("Lists of a receiver in Alertmanager's own format, such as discord_configs."),
      secrets: z
        .array(objectName)
        .describe(
          "Secrets in the namespace monitoring to mount at /etc/alertmanager/secrets/<name>/<key>, for its *_file keys.",
        ),
    })
    .optional()
    .describe("Any other integration of Alertmanager."),
});

const route = z.strictObject({
  receiver: plainText.describe("Name of a receiver."),
  severities: z
    .array(metricLabel)
    .min(1)
    .optional()
    .meta({ examples: [["critical"]] })
    .describe("Severities that the route matches. Default: all."),
  namespaces: z.array(dnsLabel).min(1).optional().describe("Namespaces that the route matches. Default: all."),
  matchers: matchers.optional().describe("Further matchers in Alertmanager's own format. All must match."),
  group_by: z
    .array(metricLabel)
    .min(1)
    .optional()
    .describe("Labels that group alerts into one message. Default: those of `alerting`."),
  repeat_interval_hours: z
    .int()
    .min(1)
    .optional()
    .describe("Hours until a firing alert is sent again. Default: that of `alerting`."),
  continue: z.boolean().optional().describe("Continues with the routes below. Default: false."),
});

const inhibitRule = z.strictObject({
  source_matchers: matchers.describe("While an alert like this fires..."),
  target_matchers: matchers.describe("...alerts like this are not sent."),
  equal: z.array(metricLabel).describe("Labels whose values must be equal in both alerts."),
});

export const alerting = z.strictObject({
  receivers: z
    .array(receiver)
    .describe("Receivers of alerts. If empty, alerts go nowhere unless values.alertmanager.config sets a receiver."),
  default_receiver: plainText.nullable().describe("Receiver of alerts that no route matches. null drops them."),
  routes: z.array(route).describe("Routes of alerts. The first route that matches is used."),
  watchdog_receiver: plainText
    .nullable()
    .describe(
      "Receiver of the alert Watchdog, which always fires, every 5 minutes. A dead man's switch notifies people when it stops. null for none.",
    ),
  group_by: z.array(metricLabel).min(1).describe("Labels that group alerts into one message."),
  group_wait_seconds: z.int().min(0).describe("Seconds that a new group waits for further alerts."),
  group_interval_minutes: z.int().min(1).describe("Minutes until changes of a group are sent."),
  repeat_interval_hours: z.int().min(1).describe("Hours until a firing alert is sent again."),
  inhibit_rules: z
    .array(inhibitRule)
    .describe(
      "Further alerts that suppress others. A higher severity always suppresses the same alert with a lower one.",
    ),
});

export type Alerting = z.output<typeof alerting>;
export type Receiver = z.output<typeof receiver>;
