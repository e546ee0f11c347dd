import { type Dashboard, panel } from "../parts/dashboard";

const DAY = 24 * 60 * 60;

/** Of what leads traffic in: whether it is answered, and how fast. */
export const TRAFFIC = {
  aws_load_balancer_controller: {
    title: "AWS Load Balancer Controller",
    panels: [
      panel(
        "Calls of AWS",
        "reqps",
        "sum by (service, operation) (rate(aws_api_calls_total[5m]))",
        "{{service}} {{operation}}",
      ),
      panel(
        "Calls that AWS refused",
        "reqps",
        'sum by (service, operation, error_code) (rate(aws_api_calls_total{status_code!~"2.."}[5m]))',
        "{{service}} {{operation}} {{error_code}}",
      ),
      panel(
        "Objects that it could not bring about",
        "reqps",
        'sum by (controller) (rate(controller_runtime_reconcile_errors_total{pod=~"aws-load-balancer-controller-.+"}[5m]))',
        "{{controller}}",
      ),
      panel(
        "Objects that wait",
        "short",
        'sum by (name) (workqueue_depth{pod=~"aws-load-balancer-controller-.+"})',
        "{{name}}",
      ),
    ],
  },
  cert_manager: {
    title: "Certificates",
    panels: [
      panel(
        "Days until a certificate ends",
        "d",
        `(min by (namespace, name) (certmanager_certificate_expiration_timestamp_seconds) - time()) / ${DAY}`,
        "{{namespace}}/{{name}}",
      ),
      panel(
        "Certificates that are not ready",
        "short",
        'sum by (namespace, name) (certmanager_certificate_ready_status{condition!="True"})',
        "{{namespace}}/{{name}}",
      ),
      panel(
        "Work",
        "reqps",
        "sum by (controller) (rate(certmanager_controller_sync_call_count[5m]))",
        "{{controller}}",
      ),
      panel(
        "Work that failed",
        "reqps",
        "sum by (controller) (rate(certmanager_controller_sync_error_count[5m]))",
        "{{controller}}",
      ),
    ],
  },
  envoy_gateway: {
    title: "Gateways",
    panels: [
      panel(
        "Requests by status",
        "reqps",
        "sum by (envoy_response_code_class) (rate(envoy_http_downstream_rq_xx[5m]))",
        "{{envoy_response_code_class}}xx",
      ),
      panel(
        "Time of 99 in 100 requests",
        "ms",
        "histogram_quantile(0.99, sum by (le) (rate(envoy_http_downstream_rq_time_bucket[5m])))",
        "99 %",
      ),
      panel("Connections", "short", "sum by (pod) (envoy_http_downstream_cx_active)", "{{pod}}"),
    ],
  },
  external_dns: {
    title: "external-dns",
    panels: [
      panel(
        "Time since the last sync",
        "s",
        "time() - max(external_dns_controller_last_sync_timestamp_seconds)",
        "since",
      ),
      panel("Names that Ingresses and Services want", "short", "max(external_dns_source_endpoints_total)", "names"),
      panel("Records that it owns", "short", "max(external_dns_registry_endpoints_total)", "records"),
      panel(
        "Errors in an hour",
        "short",
        'sum by (__name__) (increase({__name__=~"external_dns_(registry|source)_errors_total"}[1h]))',
        "{{__name__}}",
      ),
    ],
  },
  prometheus_blackbox_exporter: {
    title: "Probes",
    panels: [
      panel("Answers", "percentunit", "avg by (job, instance) (probe_success)", "{{job}} {{instance}}"),
      panel("Time to answer", "s", "max by (job, instance) (probe_duration_seconds)", "{{job}} {{instance}}"),
      panel(
        "Days until a certificate ends",
        "d",
        `(min by (instance) (probe_ssl_earliest_cert_expiry) - time()) / ${DAY}`,
        "{{instance}}",
      ),
    ],
  },
  traefik: {
    title: "Traefik",
    panels: [
      panel(
        "Requests by status",
        "reqps",
        "sum by (entrypoint, code) (rate(traefik_entrypoint_requests_total[5m]))",
        "{{entrypoint}} {{code}}",
      ),
      panel(
        "Time of 99 in 100 requests",
        "s",
        "histogram_quantile(0.99, sum by (le, entrypoint) (rate(traefik_entrypoint_request_duration_seconds_bucket[5m])))",
        "{{entrypoint}}",
      ),
      panel(
        "Errors by Service",
        "reqps",
        'sum by (service) (rate(traefik_service_requests_total{code=~"5.."}[5m]))',
        "{{service}}",
      ),
      panel("Connections", "short", "sum by (entrypoint) (traefik_open_connections)", "{{entrypoint}}"),
    ],
  },
} as const satisfies Readonly<Record<string, Dashboard>>;
