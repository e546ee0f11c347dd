import type { AddonFinding } from "../contract/addon";
import { NOBODY, receiverConfig } from "./alertmanager";
import type { Alerting, Receiver } from "./alertmanager-options";

/** Names that nobody has, receivers that nothing reaches, and keys that contradict each other. */
export function alertingFindings(given: Alerting): readonly AddonFinding[] {
  const { default_receiver, receivers, routes, watchdog_receiver } = given;
  const names = receivers.map(({ name }) => name);
  const known = names.length === 0 ? "receivers is empty" : `known: ${names.join(", ")}`;
  const named = [
    { name: default_receiver, path: ["default_receiver"] },
    { name: watchdog_receiver, path: ["watchdog_receiver"] },
    ...routes.map(({ receiver: name }, index) => ({ name, path: ["routes", index, "receiver"] })),
  ].filter((each): each is { name: string; path: (string | number)[] } => each.name !== null);
  const used = new Set(named.map(({ name }) => name));
  return [
    ...named
      .filter(({ name }) => !names.includes(name))
      .map(({ name, path }) => ({ path, message: `there is no receiver ${name} (${known})` })),
    ...receivers.flatMap((each, index) => receiverFindings(each, index, used)),
    ...routes.flatMap(({ severities, namespaces, matchers: further }, index) =>
      (severities ?? namespaces ?? further) === undefined
        ? [
            {
              path: ["routes", index],
              message:
                "matches every alert, so the routes below it are never used. Set severities, namespaces or matchers, or make its receiver the default_receiver",
            },
          ]
        : [],
    ),
    ...(receivers.length === 0 && given.inhibit_rules.length > 0
      ? [
          {
            path: ["inhibit_rules"],
            message: "has no effect because receivers is empty. Remove it, or add a receiver",
          },
        ]
      : []),
  ];
}

function receiverFindings(each: Receiver, index: number, used: ReadonlySet<string>): readonly AddonFinding[] {
  const path = ["receivers", index];
  const { name, slack, pagerduty, opsgenie, webhook, email, custom } = each;
  const findings: AddonFinding[] = [];
  if (name === NOBODY)
    findings.push({
      path: [...path, "name"],
      message: `must not be ${NOBODY}, the receiver that drops alerts. Rename it`,
    });
  if (!used.has(name))
    findings.push({
      path: [...path, "name"],
      message: `nothing is sent to ${name}. Name it in routes, default_receiver or watchdog_receiver, or remove it`,
    });
  if ([slack, pagerduty, opsgenie, webhook, email, custom].every((way) => way === undefined))
    findings.push({
      path,
      message: `${name} notifies nobody. Add slack, pagerduty, opsgenie, webhook, email or custom`,
    });
  if (webhook !== undefined && (webhook.url === undefined) === (webhook.url_secret === undefined))
    findings.push({ path: [...path, "webhook"], message: "must have either url or url_secret" });
  if (email !== undefined && (email.username === undefined) !== (email.password === undefined))
    findings.push({ path: [...path, "email"], message: "must have both username and password, or neither" });
  const twice =
    custom === undefined
      ? []
      : Object.keys(custom.config).filter((list) => list in receiverConfig({ ...each, custom: undefined }));
  return [
    ...findings,
    ...twice.map((list) => ({
      path: [...path, "custom", "config", list],
      message: `${name} sets ${list} twice: here, and with a key of its own. Remove one of them`,
    })),
  ];
}
