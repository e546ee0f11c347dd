import { likeliest, listedInOrder } from "../../language/suggest";
import { type AddonFinding, type AddonRule, reportItems, reportKey, reportOption } from "../contract/rule";
import { NOBODY, receiverConfig } from "./alertmanager";
import type { Alerting, Receiver } from "./alertmanager-options";

interface Options {
  readonly alertmanager: boolean;
  readonly alerting: Alerting;
}

const ALERTING = ["options", "alerting"] as const;

/** Rules about single receivers. */
const RECEIVER: readonly ((each: Receiver) => readonly AddonFinding[])[] = [
  ({ name }) =>
    reportKey(name === NOBODY, ["name"], `must not be ${NOBODY}, the receiver that drops alerts. Rename it`),
  ({ name, slack, pagerduty, opsgenie, webhook, email, custom }) =>
    reportKey(
      [slack, pagerduty, opsgenie, webhook, email, custom].every((way) => way === undefined),
      [],
      `${name} notifies nobody. Add slack, pagerduty, opsgenie, webhook, email or custom`,
    ),
  ({ webhook }) =>
    reportKey(
      webhook !== undefined && (webhook.url === undefined) === (webhook.url_secret === undefined),
      ["webhook"],
      "must have either url or url_secret",
    ),
  ({ email }) =>
    reportKey(
      email !== undefined && (email.username === undefined) !== (email.password === undefined),
      ["email"],
      "must have both username and password, or neither",
    ),
  (each) => {
    const own = receiverConfig({ ...each, custom: undefined });
    const twice = Object.keys(each.custom?.config ?? {}).filter((list) => list in own);
    return twice.map((list) => ({
      path: ["custom", "config", list],
      message: `${each.name} sets ${list} twice: here, and with a key of its own. Remove one of them`,
    }));
  },
];

/** Returns a rule that applies where Alertmanager runs. */
const ifOn =
  (rule: (given: Alerting) => readonly AddonFinding[]): AddonRule<Options> =>
  (_, { alertmanager, alerting }) =>
    alertmanager ? rule(alerting) : [];

function unknownReceiver({ receivers }: Alerting, name: string | null, path: readonly (string | number)[]) {
  if (name === null) return [];
  const names = receivers.map((each) => each.name);
  const known = names.length === 0 ? "receivers is empty" : `known: ${listedInOrder(names)}`;
  return reportKey(!names.includes(name), path, `there is no receiver ${name} (${known})`);
}

/** Severities of the alerts of charts and addons; alerts of your own may have others. */
const SEVERITIES = ["critical", "warning", "info", "none"] as const;

function misspeltSeverities(severities: readonly string[]): AddonFinding[] {
  return reportItems(["severities"], severities, [
    (severity) => {
      const meant = (SEVERITIES as readonly string[]).includes(severity) ? undefined : likeliest(severity, SEVERITIES);
      if (meant === undefined) return [];
      const message = `no alert of the platform has severity ${severity}. Did you mean ${JSON.stringify(meant)}?`;
      return [{ path: [], message, severity: "warning" }];
    },
  ]);
}

/** Rules about names that do not exist, receivers that no route reaches, and keys that contradict each other. */
export const alertingRules: readonly AddonRule<Options>[] = [
  (_, { alertmanager, alerting }) =>
    reportOption(
      !alertmanager && alerting.receivers.length > 0,
      ["alerting", "receivers"],
      "has no effect because alertmanager is false. Remove it, or set alertmanager: true",
    ),
  ifOn((given) => unknownReceiver(given, given.default_receiver, [...ALERTING, "default_receiver"])),
  ifOn((given) => unknownReceiver(given, given.watchdog_receiver, [...ALERTING, "watchdog_receiver"])),
  ifOn((given) =>
    reportItems([...ALERTING, "routes"], given.routes, [
      ({ receiver }) => unknownReceiver(given, receiver, ["receiver"]),
    ]),
  ),
  ifOn(({ default_receiver, receivers, routes, watchdog_receiver }) => {
    const used = new Set([default_receiver, watchdog_receiver, ...routes.map(({ receiver }) => receiver)]);
    return reportItems([...ALERTING, "receivers"], receivers, [
      ({ name }) =>
        reportKey(
          !used.has(name),
          ["name"],
          `nothing is sent to ${name}. Name it in routes, default_receiver or watchdog_receiver, or remove it`,
        ),
    ]);
  }),
  ifOn(({ receivers }) => reportItems([...ALERTING, "receivers"], receivers, RECEIVER)),
  ifOn(({ routes }) =>
    reportItems([...ALERTING, "routes"], routes, [
      ({ matchers, namespaces, severities }) =>
        reportKey(
          (severities ?? namespaces ?? matchers) === undefined,
          [],
          "matches every alert, so the routes below it are never used. Set severities, namespaces or matchers, or make its receiver the default_receiver",
        ),
    ]),
  ),
  ifOn(({ routes }) =>
    reportItems([...ALERTING, "routes"], routes, [({ severities = [] }) => misspeltSeverities(severities)]),
  ),
  ifOn(({ inhibit_rules, receivers }) =>
    reportKey(
      receivers.length === 0 && inhibit_rules.length > 0,
      [...ALERTING, "inhibit_rules"],
      "has no effect because receivers is empty. Remove it, or add a receiver",
    ),
  ),
];
