import { alloy } from "../../addons/observability/alloy";
import { fluentBit } from "../../addons/observability/fluent-bit";
import { loki } from "../../addons/observability/loki";
import { opentelemetryCollector } from "../../addons/observability/opentelemetry-collector";
import { contextOf, manifestsOf, monitoredContext } from "./support/context";

const SHIPPERS = [
  ["alloy", alloy, "loki_write_dropped_entries_total"],
  ["fluent_bit", fluentBit, "fluentbit_output_dropped_records_total"],
  ["fluent_bit", fluentBit, "fluentbit_output_retries_failed_total"],
  ["loki", loki, "loki_discarded_samples_total"],
  ["opentelemetry_collector", opentelemetryCollector, "otelcol_exporter_send_failed_spans"],
] as const;

test.each(SHIPPERS)("%s has an alert for logs that it loses (%#)", (_, addon, metric) => {
  const rules = (context = contextOf()) => JSON.stringify(manifestsOf(addon as typeof loki, context));

  expect(rules(monitoredContext)).toContain(metric);
  expect(rules()).toBe("[]");
});
