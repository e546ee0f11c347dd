import { type AddonFinding, type AddonRule, reportItems } from "../contract/rule";
import { patternMistake } from "../parts/pattern";
import type { Alerting } from "./alertmanager-options";

interface Options {
  readonly alertmanager: boolean;
  readonly alerting: Alerting;
  readonly remote_write: readonly { readonly keep_metrics?: string | undefined }[];
}

interface Matcher {
  readonly label: string;
  readonly operator: string;
  readonly value: string;
}

/** Reads a matcher of Alertmanager, such as `severity =~ "warning|info"`. */
function read(matcher: string): Matcher {
  const [, label = "", operator = "", value = ""] = matcher.match(/^\s*(\w+)\s*(=~|!~|!=|=)\s*(.*)$/) ?? [];
  return { label, operator, value: value.trim().replace(/^"(.*)"$/, "$1") };
}

/** A matcher as both parsers of Alertmanager read it: the value is in quotes, or has no special characters. */
const MATCHER = /^\s*[\w.-]+\s*(?:=~|!~|!=|=)\s*(?:"(?:[^"\\]|\\.)*"|[^\s"'`{}=!~,]*)\s*$/;

/** Alertmanager loads no configuration with an expression that Go cannot compile, and keeps running with the earlier one. */
const expressions = (matchers: readonly string[] = [], path: readonly string[]): AddonFinding[] =>
  reportItems(path, matchers, [
    (matcher) => {
      if (MATCHER.test(matcher)) return [];
      return [
        {
          path: [],
          message: `must be a label, one of = != =~ !~, and a value, such as severity = "critical", but is ${matcher}`,
        },
      ];
    },
    (matcher) => {
      const { operator, value } = read(matcher);
      const mistake = operator.endsWith("~") ? patternMistake(value.replaceAll("\\\\", "\\")) : undefined;
      if (mistake === undefined) return [];
      return [{ path: [], message: `${value} ${mistake}, so Alertmanager would refuse its configuration. Correct it` }];
    },
  ]);

/** True if a matcher accepts all alerts. Alertmanager treats a label that an alert lacks as empty, so `.+` does not. */
function acceptsAll(matcher: string): boolean {
  const { operator, value } = read(matcher);
  return operator === "=~" && /^\(?(?:\.\*|\.\+\|)\)?$/.test(value);
}

/** True if a matcher accepts all alerts that have its label. */
function acceptsEveryValue(matcher: string): boolean {
  const { operator, value } = read(matcher);
  return acceptsAll(matcher) || (operator === "=~" && value === ".+") || (operator === "!=" && value === "");
}

/** Labels that every alert of Prometheus has, or that Watchdog has. */
const ON_WATCHDOG = ["alertname", "severity"];

/** The alert that always fires, so that its silence is noticed. */
const ALWAYS = "Watchdog";

/** True if an alert that always fires is among those that matchers accept. */
function acceptsWatchdog(matchers: readonly string[]): boolean {
  return matchers.every((matcher) => {
    const { label, operator, value } = read(matcher);
    return (
      acceptsAll(matcher) ||
      (ON_WATCHDOG.includes(label) && acceptsEveryValue(matcher)) ||
      (label === "alertname" && operator === "=" && value === ALWAYS) ||
      (label === "severity" && operator === "=" && value === "none")
    );
  });
}

const inhibitions = ({ inhibit_rules }: Alerting): AddonFinding[] =>
  reportItems(["options", "alerting", "inhibit_rules"], inhibit_rules, [
    ({ equal, source_matchers, target_matchers }) => {
      const why =
        target_matchers.every(
          (each) => acceptsAll(each) || (read(each).label === "alertname" && acceptsEveryValue(each)),
        ) && equal.length === 0
          ? "suppresses every alert while one of the source fires"
          : acceptsWatchdog(source_matchers) && equal.length === 0
            ? `suppresses its targets permanently, because ${ALWAYS} always fires`
            : undefined;
      if (why === undefined) return [];
      return [{ path: [], message: `${why}. Narrow its matchers, or list labels in equal` }];
    },
    ({ source_matchers, target_matchers }) => {
      if (
        source_matchers
          .map((each) => JSON.stringify(read(each)))
          .sort()
          .join() !==
        target_matchers
          .map((each) => JSON.stringify(read(each)))
          .sort()
          .join()
      )
        return [];
      const message = "has the same matchers for source and target, so it suppresses nothing. Change one of them";
      return [{ path: [], message }];
    },
  ]);

/** Rules about settings that Alertmanager or Prometheus refuses, or with which no person receives alerts. */
export const alertSenseRules: readonly AddonRule<Options>[] = [
  (_, { alerting: { routes } }) =>
    reportItems(["options", "alerting", "routes"], routes, [({ matchers }) => expressions(matchers, ["matchers"])]),
  (_, { alerting: { inhibit_rules } }) =>
    reportItems(["options", "alerting", "inhibit_rules"], inhibit_rules, [
      ({ source_matchers }) => expressions(source_matchers, ["source_matchers"]),
      ({ target_matchers }) => expressions(target_matchers, ["target_matchers"]),
    ]),
  (_, { alertmanager, alerting }) => (alertmanager ? inhibitions(alerting) : []),
  (_, { remote_write }) =>
    reportItems(["options", "remote_write"], remote_write, [
      ({ keep_metrics }) => {
        const mistake = keep_metrics === undefined ? undefined : patternMistake(keep_metrics);
        return mistake === undefined
          ? []
          : [
              {
                path: ["keep_metrics"],
                message: `${mistake}, so Prometheus would refuse its configuration. Correct it`,
              },
            ];
      },
    ]),
];
