import type { Values } from "../../../addons/contract/addon";
import type { Alerting } from "../../../addons/observability/alertmanager-options";
import { kubePrometheusStack } from "../../../addons/observability/kube-prometheus-stack";
import { contextOf, findingsOf, optionsOf, reportsOf, valuesOf } from "../support/context";

const key = (name: string, of = "url") => ({ name, key: of });
const defaults = optionsOf(kubePrometheusStack).alerting;
const alertmanager = (given: Partial<Alerting>): Values =>
  valuesOf(kubePrometheusStack, contextOf(), { alerting: { ...defaults, ...given } })["alertmanager"] as Values;
const config = (given: Partial<Alerting>) => alertmanager(given)["config"] as Record<string, Values>;
const findings = (given: Partial<Alerting>) => findingsOf(kubePrometheusStack, { alerting: { ...defaults, ...given } });
const receiver = (given: object) =>
  (
    config({ receivers: [{ name: "team", ...given }], default_receiver: "team" })["receivers"] as unknown as Values[]
  )[1];

test("keeps the chart's configuration if no receiver is listed", () => {
  expect(alertmanager({})).not.toHaveProperty("config");
  expect(alertmanager({})["alertmanagerSpec"]).not.toHaveProperty("secrets");
});

test.each([
  [
    "Slack",
    { slack: { webhook: key("slack"), channel: "#alerts" } },
    {
      slack_configs: [
        {
          api_url_file: "/etc/alertmanager/secrets/slack/url",
          channel: "#alerts",
          send_resolved: true,
          text: expect.stringContaining("runbook_url"),
        },
      ],
    },
  ],
  [
    "PagerDuty",
    { pagerduty: { routing_key: key("pagerduty", "key"), severity: "critical" } },
    {
      pagerduty_configs: [{ routing_key_file: "/etc/alertmanager/secrets/pagerduty/key", severity: "critical" }],
    },
  ],
  [
    "PagerDuty, at the alert's own severity",
    { pagerduty: { routing_key: key("pagerduty", "key") } },
    {
      pagerduty_configs: [
        {
          routing_key_file: "/etc/alertmanager/secrets/pagerduty/key",
          severity:
            '{{ if match "^(critical|error|warning|info)$" .CommonLabels.severity }}{{ .CommonLabels.severity }}{{ else }}error{{ end }}',
        },
      ],
    },
  ],
  [
    "Opsgenie in Europe",
    { opsgenie: { api_key: key("opsgenie", "key"), region: "eu" } },
    {
      opsgenie_configs: [
        { api_key_file: "/etc/alertmanager/secrets/opsgenie/key", api_url: "https://api.eu.opsgenie.com/" },
      ],
    },
  ],
  [
    "a webhook",
    { webhook: { url: "https://example.com/alerts" } },
    { webhook_configs: [{ url: "https://example.com/alerts" }] },
  ],
  [
    "a webhook whose address is secret",
    { webhook: { url_secret: key("hook") } },
    { webhook_configs: [{ url_file: "/etc/alertmanager/secrets/hook/url" }] },
  ],
  [
    "mail",
    {
      email: {
        to: "team@example.com",
        from: "alerts@example.com",
        smarthost: "mail.example.com:587",
        username: "alerts",
        password: key("mail", "password"),
      },
    },
    {
      email_configs: [
        {
          to: "team@example.com",
          from: "alerts@example.com",
          smarthost: "mail.example.com:587",
          auth_username: "alerts",
          auth_password_file: "/etc/alertmanager/secrets/mail/password",
          send_resolved: true,
        },
      ],
    },
  ],
  [
    "anything else",
    {
      custom: { config: { discord_configs: [{ webhook_url_file: "/etc/alertmanager/secrets/x/y" }] }, secrets: ["x"] },
    },
    { discord_configs: [{ webhook_url_file: "/etc/alertmanager/secrets/x/y" }] },
  ],
])("sends to %s", (_way, given, expected) => {
  expect(receiver(given)).toEqual({ name: "team", ...expected });
});

test("leaves out what a receiver or a route does not set", () => {
  const { receivers, route } = config({
    receivers: [{ name: "team", slack: { webhook: key("slack") } }],
    routes: [{ receiver: "team", severities: ["page"] }],
  }) as unknown as { receivers: Values[]; route: { routes: Values[] } };

  const [slack = {}] = (receivers[1]?.["slack_configs"] ?? []) as Values[];
  expect(Object.keys(slack)).toEqual(["api_url_file", "send_resolved", "text"]);
  expect(Object.keys(route.routes.at(-1) ?? {})).toEqual(["receiver", "matchers"]);
});

test("mounts each Secret once, and contains none", () => {
  const { alertmanagerSpec } = alertmanager({
    receivers: [
      { name: "b", slack: { webhook: key("slack") }, custom: { config: {}, secrets: ["other"] } },
      { name: "a", slack: { webhook: key("slack", "second") }, pagerduty: { routing_key: key("pagerduty", "key") } },
      { name: "c", opsgenie: { api_key: key("opsgenie"), region: "us" } },
      { name: "d", webhook: { url_secret: key("hook") } },
    ],
    default_receiver: "a",
    watchdog_receiver: "b",
  }) as { alertmanagerSpec: Values };

  expect(alertmanagerSpec["secrets"]).toEqual(["hook", "opsgenie", "other", "pagerduty", "slack"]);
});

test("has its own routes first, then those of the definition, in their order", () => {
  const slack = { slack: { webhook: key("slack") } };
  const { route, inhibit_rules } = config({
    receivers: [
      { name: "team", ...slack },
      { name: "oncall", ...slack },
      { name: "switch", webhook: { url_secret: key("switch") } },
    ],
    default_receiver: "team",
    watchdog_receiver: "switch",
    routes: [
      {
        receiver: "oncall",
        severities: ["critical", "page"],
        namespaces: ["shop", "cart"],
        matchers: ['team = "shop"'],
        group_by: ["namespace"],
        repeat_interval_hours: 1,
        continue: true,
      },
      { receiver: "team", severities: ["warning"] },
    ],
    inhibit_rules: [
      {
        source_matchers: ['alertname = "NodeNotReady"'],
        target_matchers: ['alertname = "PodNotReady"'],
        equal: ["node"],
      },
    ],
  });

  expect(route).toEqual({
    receiver: "team",
    group_by: ["alertname", "namespace"],
    group_wait: "30s",
    group_interval: "5m",
    repeat_interval: "12h",
    routes: [
      {
        receiver: "switch",
        matchers: ['alertname = "Watchdog"'],
        group_wait: "0s",
        group_interval: "1m",
        repeat_interval: "5m",
      },
      { receiver: "null", matchers: ['alertname = "InfoInhibitor"'] },
      { receiver: "null", matchers: ['severity = "none"'] },
      {
        receiver: "oncall",
        matchers: ['severity =~ "critical|page"', 'namespace =~ "shop|cart"', 'team = "shop"'],
        group_by: ["namespace"],
        repeat_interval: "1h",
        continue: true,
      },
      { receiver: "team", matchers: ['severity =~ "warning"'] },
    ],
  });
  expect(inhibit_rules).toEqual([
    {
      source_matchers: ['severity = "critical"'],
      target_matchers: ['severity =~ "warning|info"'],
      equal: ["namespace", "alertname"],
    },
    {
      source_matchers: ['severity = "warning"'],
      target_matchers: ['severity =~ "info"'],
      equal: ["namespace", "alertname"],
    },
    { source_matchers: ['alertname = "InfoInhibitor"'], target_matchers: ['severity = "info"'], equal: ["namespace"] },
    {
      source_matchers: ['alertname = "NodeNotReady"'],
      target_matchers: ['alertname = "PodNotReady"'],
      equal: ["node"],
    },
  ]);
});

test("sends the Watchdog alert nowhere without a dead man's switch", () => {
  const { route } = config({
    receivers: [{ name: "team", webhook: { url: "https://example.com" } }],
    default_receiver: "team",
  });

  expect(route).toMatchObject({ routes: [{ receiver: "null", matchers: ['alertname = "Watchdog"'] }, {}, {}] });
});

describe("refuses", () => {
  const team = { name: "team", webhook: { url: "https://example.com" } };
  const EMAIL = { to: "a@example.com", from: "b@example.com", smarthost: "mail:25" };
  const EACH_WAY: Alerting["receivers"] = [
    { name: "slack", slack: { webhook: key("slack") } },
    { name: "pagerduty", pagerduty: { routing_key: key("pagerduty") } },
    { name: "opsgenie", opsgenie: { api_key: key("opsgenie"), region: "us" } },
    { name: "webhook", webhook: { url_secret: key("webhook") } },
    { name: "email", email: EMAIL },
    { name: "custom", custom: { config: { discord_configs: [] }, secrets: [] } },
  ];

  test.each<[string, Partial<Alerting>, string[]]>([
    [
      "names of no receiver",
      {
        receivers: [team],
        default_receiver: "team",
        watchdog_receiver: "tam",
        routes: [{ receiver: "oncall", severities: ["a"] }],
      },
      [
        "options.alerting.watchdog_receiver: there is no receiver tam (known: team)",
        "options.alerting.routes.0.receiver: there is no receiver oncall (known: team)",
      ],
    ],
    [
      "a default that is not there",
      { default_receiver: "team" },
      ["options.alerting.default_receiver: there is no receiver team (receivers is empty)"],
    ],
    [
      "a receiver that nothing reaches, or that reaches nobody",
      { receivers: [team, { name: "silent" }], default_receiver: "silent" },
      [
        "options.alerting.receivers.0.name: nothing is sent to team. Name it in routes, default_receiver or watchdog_receiver, or remove it",
        "options.alerting.receivers.1: silent notifies nobody. Add slack, pagerduty, opsgenie, webhook, email or custom",
      ],
    ],
    [
      "the name of the receiver that drops alerts",
      { receivers: [{ ...team, name: "null" }], default_receiver: "null" },
      ["options.alerting.receivers.0.name: must not be null, the receiver that drops alerts. Rename it"],
    ],
    [
      "half of a thing, or two of one",
      {
        receivers: [
          {
            name: "team",
            webhook: {},
            email: { to: "a@example.com", from: "b@example.com", smarthost: "mail:25", username: "x" },
            custom: { config: { email_configs: [] }, secrets: [] },
          },
        ],
        default_receiver: "team",
      },
      [
        "options.alerting.receivers.0.webhook: must have either url or url_secret",
        "options.alerting.receivers.0.email: must have both username and password, or neither",
        "options.alerting.receivers.0.custom.config.email_configs: team sets email_configs twice: here, and with a key of its own. Remove one of them",
      ],
    ],
    [
      "a route that takes everything",
      { receivers: [team], routes: [{ receiver: "team" }] },
      [
        "options.alerting.routes.0: matches every alert, so the routes below it are never used. Set severities, namespaces or matchers, or make its receiver the default_receiver",
      ],
    ],
    [
      "a route for a misspelt severity",
      { receivers: [team], routes: [{ receiver: "team", severities: ["crit"] }] },
      ['options.alerting.routes.0.severities.0: no alert of the platform has severity crit. Did you mean "critical"?'],
    ],
    [
      "rules to keep quiet what is not sent",
      { inhibit_rules: [{ source_matchers: ["a=b"], target_matchers: ["a=c"], equal: [] }] },
      ["options.alerting.inhibit_rules: has no effect because receivers is empty. Remove it, or add a receiver"],
    ],
  ])("%s", (_what, given, expected) => {
    expect(findings(given)).toEqual(expected);
  });

  test.each<[string, Partial<Alerting>]>([
    ["no receiver without Alertmanager", {}],
    [
      "each way to notify",
      { receivers: EACH_WAY, routes: EACH_WAY.map(({ name }) => ({ receiver: name, severities: ["critical"] })) },
    ],
    [
      "a route by severities, by namespaces or by matchers",
      {
        receivers: [team],
        routes: [
          { receiver: "team", severities: ["critical", "warning", "info", "none", "page"] },
          { receiver: "team", namespaces: ["shop"] },
          { receiver: "team", matchers: ["a=b"] },
        ],
      },
    ],
    [
      "e-mail with a login, and a list that no own key sets",
      {
        receivers: [
          {
            name: "team",
            email: { ...EMAIL, username: "x", password: key("mail") },
            custom: { config: { discord_configs: [] }, secrets: [] },
          },
        ],
        default_receiver: "team",
      },
    ],
    [
      "a rule that suppresses alerts which are sent",
      {
        receivers: [team],
        default_receiver: "team",
        inhibit_rules: [{ source_matchers: ["a=b"], target_matchers: ["a=c"], equal: [] }],
      },
    ],
  ])("not %s", (_what, given) => {
    expect(findings(given)).toEqual([]);
  });

  test("nothing of alerting without Alertmanager if no receiver is listed", () => {
    const alerting = {
      ...defaults,
      default_receiver: "team",
      inhibit_rules: [{ source_matchers: ["a=b"], target_matchers: ["a=c"], equal: [] }],
    };

    expect(findingsOf(kubePrometheusStack, { alertmanager: false, alerting })).toEqual([]);
  });

  test("a misspelt severity as a warning", () => {
    const alerting = { ...defaults, receivers: [team], routes: [{ receiver: "team", severities: ["crit"] }] };

    expect(reportsOf(kubePrometheusStack, contextOf(), optionsOf(kubePrometheusStack, { alerting }))).toMatchObject([
      { severity: "warning" },
    ]);
  });

  test("receivers without Alertmanager", () => {
    const alerting = { ...defaults, receivers: [team], default_receiver: "team" };

    expect(findingsOf(kubePrometheusStack, { alertmanager: false, alerting })).toEqual([
      "options.alerting.receivers: has no effect because alertmanager is false. Remove it, or set alertmanager: true",
    ]);
  });

  test("text that Terraform would evaluate", () => {
    const custom = { config: { discord_configs: [{ title: "${x}" }] }, secrets: [] };
    const { error } = kubePrometheusStack.options.safeParse({
      ...optionsOf(kubePrometheusStack),
      alerting: { ...defaults, receivers: [{ name: "a", custom }] },
    });

    expect(error?.issues.map(({ message }) => message)).toEqual(["must not hold ${, which Terraform would evaluate"]);
  });
});

test("names the receivers that a private network cannot reach", () => {
  const receivers = [
    { name: "a", slack: { webhook: key("slack") } },
    { name: "b", opsgenie: { api_key: key("o"), region: "us" as const } },
    { name: "c", pagerduty: { routing_key: key("p") } },
    { name: "d", webhook: { url_secret: key("w") } },
  ];

  expect(kubePrometheusStack.needs_internet?.(optionsOf(kubePrometheusStack))).toBeUndefined();
  expect(
    kubePrometheusStack.needs_internet?.(optionsOf(kubePrometheusStack, { alerting: { ...defaults, receivers } })),
  ).toBe("the API of Slack, PagerDuty, Opsgenie");
});
