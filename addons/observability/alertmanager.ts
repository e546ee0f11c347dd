import type { Values } from "../contract/addon";
import type { SecretKey } from "../parts/secret-reference";
import type { Alerting, Receiver } from "./alertmanager-options";

/** Folder in which the operator mounts the Secrets of Alertmanager. */
const SECRETS = "/etc/alertmanager/secrets";

/** The receiver of alerts that are not sent; Alertmanager requires one. */
export const NOBODY = "null";

const file = ({ name, key }: SecretKey) => `${SECRETS}/${name}/${key}`;

/** Template of a message: each alert with its summary and its runbook. */
const TEXT =
  "{{ range .Alerts }}{{ .Annotations.summary }}{{ with .Annotations.description }} {{ . }}{{ end }}{{ with .Annotations.runbook_url }} <{{ . }}|runbook>{{ end }}\n{{ end }}";

const PAGERDUTY_SEVERITY =
  '{{ if match "^(critical|error|warning|info)$" .CommonLabels.severity }}{{ .CommonLabels.severity }}{{ else }}error{{ end }}';

const OPSGENIE = { us: "https://api.opsgenie.com/", eu: "https://api.eu.opsgenie.com/" } as const;

/** Returns a receiver in Alertmanager's format. Secrets are read from mounted files. */
export function receiverConfig({ name, slack, pagerduty, opsgenie, webhook, email, custom }: Receiver): Values {
  return {
    name,
    ...custom?.config,
    ...(slack && {
      slack_configs: [
        {
          api_url_file: file(slack.webhook),
          ...(slack.channel !== undefined && { channel: slack.channel }),
          send_resolved: true,
          text: TEXT,
        },
      ],
    }),
    ...(pagerduty && {
      pagerduty_configs: [
        { routing_key_file: file(pagerduty.routing_key), severity: pagerduty.severity ?? PAGERDUTY_SEVERITY },
      ],
    }),
    ...(opsgenie && {
      opsgenie_configs: [{ api_key_file: file(opsgenie.api_key), api_url: OPSGENIE[opsgenie.region] }],
    }),
    ...(webhook && {
      webhook_configs: [
        webhook.url_secret === undefined ? { url: webhook.url } : { url_file: file(webhook.url_secret) },
      ],
    }),
    ...(email && {
      email_configs: [
        {
          to: email.to,
          from: email.from,
          smarthost: email.smarthost,
          ...(email.username !== undefined && { auth_username: email.username }),
          ...(email.password !== undefined && { auth_password_file: file(email.password) }),
          send_resolved: true,
        },
      ],
    }),
  };
}

function secretsOf({ slack, pagerduty, opsgenie, webhook, email, custom }: Receiver): readonly string[] {
  const keys = [slack?.webhook, pagerduty?.routing_key, opsgenie?.api_key, webhook?.url_secret, email?.password];
  return [...keys.flatMap((key) => (key === undefined ? [] : [key.name])), ...(custom?.secrets ?? [])];
}

const oneOf = (label: string, values: readonly string[]) => `${label} =~ "${values.join("|")}"`;

/** Alertmanager's configuration, as the chart puts it into a Secret; undefined leaves the chart's, which sends nothing. */
export function alertmanagerConfig(given: Alerting): Values | undefined {
  if (given.receivers.length === 0) return undefined;
  const { default_receiver, receivers, routes, watchdog_receiver } = given;
  return {
    route: {
      receiver: default_receiver ?? NOBODY,
      group_by: given.group_by,
      group_wait: `${given.group_wait_seconds}s`,
      group_interval: `${given.group_interval_minutes}m`,
      repeat_interval: `${given.repeat_interval_hours}h`,
      routes: [
        watchdog_receiver === null
          ? { receiver: NOBODY, matchers: ['alertname = "Watchdog"'] }
          : {
              receiver: watchdog_receiver,
              matchers: ['alertname = "Watchdog"'],
              group_wait: "0s",
              group_interval: "1m",
              repeat_interval: "5m",
            },
        // Both are for Alertmanager alone; a service level may send no alerts of the platform.
        { receiver: NOBODY, matchers: ['alertname = "InfoInhibitor"'] },
        { receiver: NOBODY, matchers: ['severity = "none"'] },
        ...routes.map(
          ({ severities, namespaces, matchers: further = [], group_by, repeat_interval_hours, ...rest }) => ({
            receiver: rest.receiver,
            matchers: [
              ...(severities === undefined ? [] : [oneOf("severity", severities)]),
              ...(namespaces === undefined ? [] : [oneOf("namespace", namespaces)]),
              ...further,
            ],
            ...(group_by !== undefined && { group_by }),
            ...(repeat_interval_hours !== undefined && { repeat_interval: `${repeat_interval_hours}h` }),
            ...(rest.continue !== undefined && { continue: rest.continue }),
          }),
        ),
      ],
    },
    inhibit_rules: [
      worse("critical", "warning|info"),
      worse("warning", "info"),
      {
        source_matchers: ['alertname = "InfoInhibitor"'],
        target_matchers: ['severity = "info"'],
        equal: ["namespace"],
      },
      ...given.inhibit_rules,
    ],
    receivers: [{ name: NOBODY }, ...receivers.map(receiverConfig)],
  };
}

function worse(severity: string, lesser: string): Values {
  return {
    source_matchers: [`severity = "${severity}"`],
    target_matchers: [`severity =~ "${lesser}"`],
    equal: ["namespace", "alertname"],
  };
}

/** Secrets to mount, each once. */
export function alertmanagerSecrets({ receivers }: Alerting): readonly string[] {
  return [...new Set(receivers.flatMap(secretsOf))].sort();
}

/** Services that its receivers are, for a cluster that cannot reach them. */
export function calledServices({ receivers }: Alerting): readonly string[] {
  const called = [
    ["Slack", receivers.some(({ slack }) => slack)],
    ["PagerDuty", receivers.some(({ pagerduty }) => pagerduty)],
    ["Opsgenie", receivers.some(({ opsgenie }) => opsgenie)],
  ] as const;
  return called.flatMap(([service, used]) => (used ? [service] : []));
}
